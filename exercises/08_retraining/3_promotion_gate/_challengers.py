"""Challengers whose worth is known, on days that bring their own surprises."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from workbench.authoring import scenarios

AT = 1 / 6  # where an alarm begins to pay: a miss costs 5, a false alarm 1
EDGE = np.log(AT / (1 - AT))  # the same, as log odds
DAYS, FLIGHTS = (16, 41), (25, 46)  # from, and to below; flights of a day
YEAR = pd.date_range("2013-01-01", "2013-12-31").to_numpy()
WEEKS = 6  # after a promotion
UNLIKELY = -1.94  # Student's t of seven days falls below it by chance one time in twenty


class Kind(NamedTuple):
    """How far a model's log odds are from what can be known."""

    flight: float  # spread from flight to flight
    day: float  # spread from day to day, the same for all flights of a day


SHARP = Kind(0.5, 0.8)
BLURRED = Kind(5.0, 0.8)  # costs about 370 more per 1,000 flights
PAIRS = {"better": (BLURRED, SHARP), "worse": (SHARP, BLURRED)}


class Route(NamedTuple):
    """Days to review: log odds of a flight, and the models that meet there.

    What does no harm on a loud route moves the costs by more than what does harm on a quiet one,
    so only the days themselves tell how far to trust a saving.
    """

    level: float  # mean log odds
    swing: float  # spread of log odds from day to day
    harmless: Kind  # of both models
    former: Kind
    harmful: Kind

    @classmethod
    def loud(cls, rng):
        mood = Kind(0.5, rng.uniform(2.5, 4))
        return cls(-1.6, 2.2, mood, *PAIRS["worse"])

    @classmethod
    def quiet(cls, rng):
        return cls(rng.uniform(-4.4, -4), 0.3, Kind(1.2, 0.3), Kind(0.5, 0.3), Kind(1.75, 0.3))


@dataclass(frozen=True)
class Days:
    """Flights and what can be known of them; no model sees the surprises of a day."""

    day: np.ndarray
    odds: np.ndarray
    late: np.ndarray

    @classmethod
    def draw(cls, rng, days, flights=FLIGHTS, level=-1.6, swing=2.2):
        day = np.repeat(np.arange(days), rng.integers(*flights, days))
        odds = rng.normal(level, 0.5, len(day)) + rng.normal(0, swing, days)[day]
        late = rng.random(len(day)) < chance(odds + rng.normal(0, 0.6, days)[day])
        return cls(day, odds, late)

    def guess(self, rng, kind, known=0):
        """Probabilities by a model; `known` pulls them to the label where it was trained on it.

        The stretch leaves every decision as it is: only costs tell models apart.
        """
        guess = self.odds + rng.normal(0, kind.flight, len(self.day))
        guess += rng.normal(0, kind.day, self.day[-1] + 1)[self.day]
        guess += known * np.where(self.late, 4, -4)
        return chance(EDGE + rng.uniform(0.6, 1.4) * (guess - EDGE))

    def frame(self, rng, champion, challenger, known=None):
        """Show the flights in any order, with dates of a drawn part of the year."""
        dates = YEAR[rng.integers(len(YEAR) - self.day[-1]) + self.day]
        columns = {"date": dates, "late": self.late, "champion": champion}
        known = np.zeros(len(dates), dtype=bool) if known is None else known
        columns |= {"challenger": challenger, "in_training": known}
        order = rng.permutation(len(dates))
        return pd.DataFrame({name: values[order] for name, values in columns.items()})


@dataclass(frozen=True)
class Case:
    """A challenger's flights, and what kind of challenger it is."""

    kind: str
    flights: pd.DataFrame

    @property
    def savings(self):
        return savings(self.flights[~self.flights["in_training"]])

    @property
    def by_day(self):
        return self.savings, self.flights.loc[~self.flights["in_training"], "date"]


def draw_case(world, kind, name, new=None, flights=FLIGHTS):
    """Draw new days, and days before them that the challenger was trained on."""
    rng = world.rng("case", kind, name)
    training = int(rng.integers(10, 15))
    days = Days.draw(rng, training + (new or rng.integers(*DAYS)), flights)
    known = days.day < training
    first, second = PAIRS.get(kind) or moody(rng)
    models = days.guess(rng, first), days.guess(rng, second, known)
    return Case(kind, days.frame(rng, *models, known))


def harmless(rng, route):
    return draw_weeks(rng, route(rng), WEEKS + 1)


def harmful(rng, route):
    return draw_weeks(rng, route(rng), rng.integers(1, 3))


def unlucky(rng, route):
    """Draw a harmless model with a week that looks bad by itself: about one in four has one."""
    while True:
        weeks = harmless(rng, route)
        if any(looks_bad(days, *models) for days, models in weeks):
            return weeks


def draw_weeks(rng, route, onset):
    """Draw the days after a promotion and what both models say; harm begins in week `onset`."""
    weeks = []
    for week in range(1, WEEKS + 1):
        kinds = (route.former, route.harmful) if week >= onset else 2 * [route.harmless]
        days = Days.draw(rng, 7, FLIGHTS, route.level, route.swing)
        weeks.append((days, [days.guess(rng, kind) for kind in kinds]))
    return weeks


def looks_bad(days, champion, challenger):
    """Tell whether Student's t on these days alone calls the challenger worse."""
    saved = savings({"late": days.late, "champion": champion, "challenger": challenger})
    total, size = np.bincount(days.day, saved), np.bincount(days.day)
    moved = total - total.sum() / size.sum() * size
    return total.sum() < UNLIKELY * np.sqrt(len(size)) * np.std(moved, ddof=1)


def chance(odds):
    return 1 / (1 + np.exp(-odds))


def savings(flights, at=AT):
    """Return what the challenger saves on each flight."""
    champion, challenger = (
        scenarios.flight_costs(flights["late"], flights[model] >= at)
        for model in ("champion", "challenger")
    )
    return champion - challenger


def moody(rng):
    """Two equally good models that have whole days wrong, some more and some less."""
    return 2 * [Kind(0.5, rng.uniform(0.4, 1.8))]
