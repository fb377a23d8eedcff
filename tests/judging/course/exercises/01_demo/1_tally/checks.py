import math

from workbench.authoring import criterion


@criterion(points=2, hint="Look up the mean.")
def computes_the_mean(learner, world, limits, evidence):
    """The mean delay is right."""
    frame = world.week(20, ["departure_delay"], rows=500)
    answer = learner.call("mean_delay", frame, returns=float)
    assert math.isfinite(answer), "The mean should be a number."
    error = abs(answer - frame["departure_delay"].mean())
    evidence.number("error", error)
    evidence.bars("Error of the mean", {"error": error}, limit=limits.error)
    assert error <= limits.error, f"The mean is off by {error:.3f}; at most {limits.error}."


@criterion(points=3)
def keeps_a_tally(learner, world):
    """The tally grows with each batch."""
    tally = learner.new("Tally")
    for week in (20, 21):
        tally.call("add", world.week(week, ["carrier"], rows=10))
    total = tally.call("total", returns=int)
    assert total == 20, f"After two batches of 10 the total should be 20, not {total}."


@criterion(points=1, requires="keeps_a_tally")
def starts_anew(learner):
    """A new tally is empty."""
    assert learner.new("Tally").call("total", returns=int) == 0, "A new tally should be 0."
