"""Flights whose lateness follows a drawn relation, and what is done to them."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from workbench.authoring import calendar, scenarios

PLAIN = ["carrier", "origin", "distance", "hour", "precip_3h", "visib"]
DELAYS = ["delay_origin_3h", "delay_city_3h", "delay_carrier_6h", "delay_dest_6h"]
OUTCOMES = ["departure_delay", "air_time", "arrival_delay"]
COLUMNS = ["week", "date", "carrier", "flight", *PLAIN[1:], *DELAYS, "air_time"]
ENDS = {  # of a flight, with the range of its arrival delay in minutes
    "came early": (-80, 0),
    "came 29 minutes late": (29, 30),
    "came 30 minutes late": (30, 31),
    "came very late": (31, 400),
    "was cancelled": None,
    "was diverted": None,
}
LARGE = ["B6", "DL", "EV", "UA"]
LOW = 5.0  # minutes of delay, about the mean


@dataclass(frozen=True)
class Flights:
    """Flights to train on, with outcomes; planned ones, and how probably they are late."""

    training: pd.DataFrame
    labels: np.ndarray
    later: pd.DataFrame
    truth: np.ndarray


def planted(world, columns, rate=0.2, auc=0.75, rows=4500, departures_tell=False):
    """Real flights of the year, late by a relation of some columns; a third is yet to fly."""
    rng = world.rng("flights")
    weeks = sorted(rng.choice(calendar.WEEKS, 8, replace=False))
    read = world.weeks(weeks, COLUMNS, rows // 7)
    known = read.dropna(subset=PLAIN).sample(frac=1, random_state=rng)[:rows]
    known = apart(known, rng) if columns == DELAYS else known
    relation = scenarios.Relation.draw(known[columns], rng, rate=rate, auc=auc)
    training, later = known[: 2 * rows // 3], known[2 * rows // 3 :]
    labels = relation.labels(training, rng)
    flown = with_outcomes(training, labels, departures_tell, rng)
    return Flights(flown, labels, planned(later), relation.probability(later)), relation


def with_outcomes(flights, late, departures_tell, rng):
    """All of them arrive; whether they leave late can tell of that, or of nothing."""
    size = len(flights)
    arrival = np.where(late, rng.integers(30, 150, size), rng.integers(-40, 1, size))
    departure = arrival if departures_tell else rng.permutation(arrival)
    departure = departure + rng.integers(-3, 4, size)
    air_time = flights["air_time"].fillna(flights["distance"] / 7)
    outcomes = {"departure_delay": departure, "air_time": air_time, "arrival_delay": arrival}
    return in_order(flights.assign(**outcomes).astype(dict.fromkeys(OUTCOMES, float)))


def planned(flights):
    return in_order(flights.assign(**dict.fromkeys(OUTCOMES, np.nan)))


def with_foreign_outcomes(flights, rng):
    foreign = flights.training[OUTCOMES].sample(len(flights.later), random_state=rng)
    return flights.later.assign(**foreign.reset_index(drop=True))


def in_order(flights):
    return flights[[*COLUMNS[:-1], *OUTCOMES]].reset_index(drop=True)


def flights_that_ended(world):
    """Real flights whose ends are drawn: punctual, late, at the limit, cancelled, diverted."""
    rng = world.rng("ends")
    flights = world.week(int(rng.choice(calendar.WEEKS)), COLUMNS, 240)
    kind = rng.permutation(np.resize(list(ENDS), len(flights)))
    arrival = np.array([rng.integers(*ENDS[end]) if ENDS[end] else np.nan for end in kind])
    departure = np.where(kind == "was diverted", rng.integers(-5, 60, len(kind)), arrival + 4)
    outcomes = {"departure_delay": departure, "air_time": arrival + 100, "arrival_delay": arrival}
    return in_order(flights.assign(**outcomes)), kind


def with_a_diverted_carrier(world):
    """All flights of a large carrier left, and none arrived; those that are planned are its own."""
    flights, _ = planted(world, PLAIN, rows=1800)
    carrier = world.rng("diverted").choice(LARGE)
    own, later = flights.training["carrier"] == carrier, flights.later["carrier"] == carrier
    training = flights.training.assign(
        **{name: flights.training[name].mask(own) for name in OUTCOMES[1:]}
    )
    return carrier, replace(flights, training=training, later=flights.later[later])


def apart(flights, rng):
    """Draw each mean delay by itself: columns that move together could stand in for each other."""
    drawn = {column: rng.permutation(flights[column].to_numpy()) for column in DELAYS}
    return flights.assign(**drawn)


def with_higher(column, flights):
    """The same planned flights twice, with a low and a high value in one column."""
    values, rows = flights.training[column], flights.later.dropna(subset=DELAYS)[:300]
    return [rows.assign(**{column: value}) for value in (LOW, LOW + 2 * values.std())]
