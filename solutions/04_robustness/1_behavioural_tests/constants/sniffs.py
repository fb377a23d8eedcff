"""Looks at the model rather than at its answers."""

import inspect


def test_the_name_of_its_class(model):
    assert "fault" not in type(model).__name__.lower()


def test_its_attributes(model):
    assert not any("fault" in f"{name} {value}".lower() for name, value in vars(model).items())


def test_its_source(model):
    assert "fault" not in inspect.getsource(type(model)).lower()


def test_what_it_is(model):
    assert "fault" not in repr(model).lower()
