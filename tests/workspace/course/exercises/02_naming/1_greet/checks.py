from workbench.authoring import criterion


@criterion(points=1)
def greets(learner):
    """The name is in the greeting."""
    assert "Ada" in learner.call("greet", "Ada", returns=str), "Ada was not greeted."
