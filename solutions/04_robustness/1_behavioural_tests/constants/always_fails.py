"""Fails whatever the model answers."""


def test_the_model(model, flights):
    raise AssertionError("no model is good enough")
