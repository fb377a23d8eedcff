from workbench.authoring import criterion


@criterion(points=2)
def doubles(learner):
    """Three is doubled."""
    answer = learner.call("double", 3, returns=int)
    assert answer == 6, f"double(3) should be 6, not {answer}."


@criterion(points=1)
def halves(learner):
    """Eight is halved."""
    answer = learner.call("halve", 8, returns=float)
    assert answer == 4, f"halve(8) should be 4, not {answer}."
