import numpy as np
import pandas as pd

from workbench.authoring import calendar, criterion


def weeks(world, count):
    return [int(week) for week in world.rng("weeks").choice(calendar.LIVE_WEEKS, count)]


@criterion(points=2)
def shares_the_late(learner, world):
    """The share of late flights is right, in three batches of a week."""
    week = world.week(weeks(world, 1)[0], ["carrier", "late"])
    for size in world.rng("sizes").integers(100, 400, size=3):
        frame = week.sample(size, random_state=world.rng(size), ignore_index=True)
        share = learner.call("late_share", frame, returns=float)
        truth = float(frame["late"].mean())
        assert abs(share - truth) <= 1e-9, (
            f"Count the rows whose late is true: the share should be {truth}, not {share}."
        )


@criterion(points=2)
def finds_the_busiest(learner, world):
    """Carriers are counted, the busiest first, in two batches of a week."""
    week = world.week(weeks(world, 1)[0], ["carrier", "origin", "distance"], rows=500)
    for frame in (week[:220].copy(), week[220:].reset_index(drop=True)):
        found = learner.call("busiest", frame, returns=pd.DataFrame)
        counts = frame.groupby("carrier").size().reset_index(name="flights")
        truth = counts.sort_values(["flights", "carrier"], ascending=[False, True])
        seen = found.to_dict("split")
        assert seen["columns"] == ["carrier", "flights"], (
            f"The columns should be carrier and flights, not {list(found.columns)}."
        )
        assert seen["data"] == truth.to_dict("split")["data"], (
            f"The carriers, the busiest first, should be {truth.to_dict('split')['data']}."
        )


@criterion(points=2)
def keeps_two_tallies(learner, world):
    """Two tallies count their own batches and nothing else."""
    week = world.week(20, ["carrier", "late"], rows=60)
    sizes = world.rng("sizes").integers(1, 60, size=(3, 2)).tolist()
    tallies = [learner.new("Tally"), learner.new("Tally")]
    for done, pair in enumerate(sizes, start=1):
        for i, size in enumerate(pair):
            tallies[i].call("add", week[:size])
        truth = [sum(rows) for rows in zip(*sizes[:done], strict=True)]
        seen = [tally.call("total", returns=int) for tally in tallies]
        assert seen == truth, f"After {done} batches each the totals should be {truth}, not {seen}."


@criterion(points=4)
def predicts_what_it_learnt(learner, world):
    """Nine in ten rows are told late or not, by a rule that this world alone has."""
    # Every real label is public: a rule of the judge's own, and its opposite, are what is asked.
    frame = world.week(weeks(world, 1)[0], ["date", "carrier", "flight", "origin", "hour"], 800)
    rng = world.rng("rule")
    late_hours = rng.permutation(24) % 2 == 0
    rule = late_hours[frame["hour"]] ^ (frame["origin"] == rng.choice(["EWR", "JFK", "LGA"]))
    noise = rng.random(len(frame)) < 0.02
    known = np.arange(len(frame)) % 4 != 0
    for sense in rng.permutation([True, False]):
        late = (rule ^ noise) == sense
        history = frame.assign(late=late)[known].reset_index(drop=True)
        batch = frame[~known].reset_index(drop=True)
        told = learner.call("predict", history, batch, returns=list)
        assert len(told) == len(batch), f"There should be {len(batch)} answers, not {len(told)}."
        assert {type(answer) for answer in told} <= {bool}, "Each answer is True or False."
        right = float(np.mean(np.array(told) == (rule == sense)[~known]))
        assert right >= 0.9, f"{right:.0%} of the answers were right; the limit is 90%."
