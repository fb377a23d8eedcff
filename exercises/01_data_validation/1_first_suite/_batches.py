"""Batches of flights, as they come and with one defect each."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pandas as pd

from workbench.authoring import calendar

PLAN = ["date", "carrier", "flight", "origin", "dest", "scheduled_departure", "distance"]
OUTCOME = ["tailnum", "departure_time", "departure_delay", "arrival_delay", "air_time"]
NUMBERS = ["flight", "distance", "departure_delay", "arrival_delay", "air_time"]
AIRPORTS = ["EWR", "JFK", "LGA"]
SEASONS = {
    "February's storm": [6],
    "spring and early summer": range(14, 33),
    "August": [33, 34],  # some flight numbers leave from two airports on one day
    "autumn": range(35, 48),
    "the holidays": range(48, 53),
}
FEW = (0.002, 0.009)  # shares of the rows: `mostly=0.99` overlooks them


@dataclass(frozen=True)
class Batch:
    """A week of flights, and what there is to tell about it."""

    week: int
    frame: pd.DataFrame
    story: str
    later: timedelta = timedelta()

    @property
    def start(self) -> date:
        return calendar.week_start(self.week) + self.later

    def __str__(self) -> str:
        return f"the week from {self.start} ({self.story})"


def clean(world, week, story="clean"):
    """A real week less a few flights, this year or one of the next two.

    So a table of the year's true counts helps nobody, nor does a suite for 2013 alone.
    """
    frame = world.week(int(week), PLAN + OUTCOME)
    kept = world.rng("kept", week).random(len(frame)) < 0.99
    later = timedelta(weeks=52 * int(world.rng("year", week).integers(3)))
    return Batch(int(week), postpone(frame[kept].reset_index(drop=True), later), story, later)


def postpone(frame, later):
    times = frame.select_dtypes("datetime")
    return frame.assign(**{name: times[name] + later for name in times})


def spoil(world, changes):
    """One week of the year for each story, with the change that it tells."""
    # the last week has no next week
    weeks = world.rng("weeks").choice(calendar.WEEKS[:-1], size=len(changes), replace=False)
    return [
        damaged(clean(world, week, story), change, world.rng("rows", week))
        for week, (story, change) in zip(weeks, changes.items(), strict=True)
    ]


def damaged(batch, change, rng):
    """The batch with a change, which is made in the year of the real rows."""
    real = postpone(batch.frame, -batch.later)
    return replace(batch, frame=postpone(change(real, rng, rng.uniform(*FEW)), batch.later))


def draw(world, names, count):
    return world.rng(*names).choice(names, size=count, replace=False).tolist()


def without(column):
    return lambda frame, rng, share: frame.drop(columns=column)


def renamed(column):
    return lambda frame, rng, share: frame.rename(columns={column: f"{column}_2"})


def as_text(column):
    """What a CSV reader makes of a column in which a few cells are doubtful: "1141?"."""

    def change(frame, rng, share):
        text = frame[column].astype("str")
        doubtful = rng.random(len(frame)) < share
        return frame.assign(**{column: text.mask(doubtful, text + "?")})

    return change


def send_corrected(frame, rng, share):
    """Flights with another aircraft, and three minutes more wherever there are times."""
    again = frame.dropna().sample(frac=share, random_state=rng)
    minutes, times = ["departure_delay", "arrival_delay", "air_time"], OUTCOME[1:2]
    again[minutes] += 3
    again[[*times, "scheduled_departure"]] += pd.Timedelta(minutes=3)
    again["tailnum"] = "N" + again["tailnum"]
    return pd.concat([frame, again], ignore_index=True)


def add_timetable(world, days):
    """Flights of the next days as they are planned: nothing is known of how they went."""

    def change(frame, rng, share):
        first = frame["date"].min()
        sent = world.week(calendar.week_of(first) + 1, PLAN)
        planned = sent[sent["date"] < sent["date"].min() + pd.Timedelta(days=days)]
        planned = planned.reindex(columns=frame.columns)
        return pd.concat([frame, planned.astype(frame.dtypes)], ignore_index=True)

    return change


def add_the_day_before(frame, rng, share):
    """A few flights of the first day, a day earlier."""
    first = frame[frame["date"] == frame["date"].min()].sample(frac=share, random_state=rng)
    earlier = postpone(first, -timedelta(days=1))
    return pd.concat([frame, earlier], ignore_index=True)
