"""Candidates whose worth is known, and past flights to compare them on."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from workbench.authoring import scenarios

DAYS, FLIGHTS = 70, (20, 61)  # flights a day: from, and to below
AT = 1 / 6  # where an alarm begins to pay: a miss costs 5, a false alarm 1


class Kind(NamedTuple):
    """How far a candidate's log odds are from the true ones."""

    flight: float  # spread from flight to flight
    day: float  # spread from day to day, the same for all flights of a day
    shift: float = 0.0
    flattery: float = 1.0  # how far training scores lean to the label


SHARP = Kind(0.3, 0.3)
TIRED = Kind(0.3, 0.9)
BLURRED = Kind(1.0, 1.4)  # costs 150 more than a sharp one
MOODY = Kind(1.0, 2.0)  # has whole days wrong
STEADY = Kind(1.2, 0.0)  # errs alike on all days
WILD = Kind(0.3, 6.0)  # has most days wrong, one way or the other
PERFECT = Kind(0.0, 0.0)
NEARLY = Kind(0.95, 0.0)  # costs 75 more than a perfect one, on all days
POOR = Kind(0.5, 0.5, 6.0)  # nearly always alarms
TRAPS = {
    "best accuracy": Kind(0.3, 0.3, -2.6),  # few alarms
    "best AUC": Kind(0.0, 0.0, 3.0),  # ranks perfectly, and nearly always alarms
    "best training score": Kind(3.0, 4.0, 0.0, 12.0),
}


@dataclass(frozen=True)
class Past:
    """Past flights, candidates by what they are and in order of price, and as they are shown."""

    flights: pd.DataFrame
    candidates: dict
    listed: list
    budget: dict

    def costs(self, role, column="held_out", at=AT):
        """Return the cost of each decision, per 1,000 flights."""
        yes = self.candidates[role][column] >= at
        return 1000 * scenarios.flight_costs(self.flights["late"], yes)

    def difference(self, *how):
        cheaper, dearer = self.candidates
        return self.costs(dearer, *how) - self.costs(cheaper, *how)


def draw(rng, kinds, needs=()):
    """Draw flights with one weather a day, and candidates in order of price.

    `needs` gives, by candidate and resource, a share of the budget; other shares are below 1.
    """
    day = np.repeat(np.arange(DAYS), rng.integers(*FLIGHTS, DAYS))
    odds = rng.normal(-1.9, 0.5, len(day)) + rng.normal(0, 1.2, DAYS)[day]
    late = rng.random(len(day)) < chance(odds)
    budget = {
        "milliseconds": float(rng.integers(20, 200)),
        "megabytes": float(rng.integers(50, 900)),
    }
    numbers, prices = (rng.choice(many, len(kinds), replace=False) for many in (900, 20))
    candidates = {}
    for (role, kind), number, price in zip(kinds.items(), numbers, sorted(prices), strict=True):
        guess = odds + rng.normal(kind.shift, kind.flight, len(day))
        guess += rng.normal(0, kind.day, DAYS)[day]
        shares = {need: dict(needs).get((role, need), rng.uniform(0.2, 0.9)) for need in budget}
        candidates[role] = {
            "name": f"model-{100 + number}",
            "price": int(price) + 1,
            **{need: most * shares[need] for need, most in budget.items()},
            "held_out": chance(guess),
            "in_training": chance(guess + kind.flattery * np.where(late, 1, -1)),
        }
    listed = [list(candidates.values())[i] for i in rng.permutation(len(kinds))]
    return Past(pd.DataFrame({"day": day + 1, "late": late}), candidates, listed, budget)


def chance(odds):
    return 1 / (1 + np.exp(-odds))


def with_traps(rng):
    """Put the best one among traps in drawn order of price, neither cheapest nor dearest."""
    order = [list(TRAPS)[i] for i in rng.permutation(len(TRAPS))]
    order.insert(int(rng.integers(1, len(TRAPS))), "lowest cost")
    return {role: TRAPS.get(role, Kind(0.3, 0.3, 0.9)) for role in order}


def over_days(past, values, rng):
    return scenarios.day_block_interval(values, past.flights["day"], rng, level=0.95)


def interval(pair, rng):
    return over_days(pair, pair.difference(), rng)
