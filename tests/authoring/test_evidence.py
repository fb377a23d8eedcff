"""What checks leave behind is plain and finite."""

import json
import math

import pytest

from workbench.authoring import Evidence, Limits, criterion
from workbench.authoring.criteria import declared
from workbench.scenarios import Truth


def test_numbers_that_are_undefined_are_left_out() -> None:
    evidence = Evidence()
    for value in (None, math.nan, math.inf):
        evidence.number("delay", value)
    evidence.number("rate", 1)
    assert evidence.numbers == {"rate": 1.0}


def test_figures_are_json() -> None:
    evidence = Evidence()
    evidence.timeline("Alarms", [False, True], Truth((20, 21), (0.0, 1.0)))
    evidence.bars("Caught", {"nulls": 3}, limit=2)
    evidence.lines("Cost", [0, 1], {"cost": [2, 3]}, x_label="threshold", y_label="cost")
    evidence.intervals("Slices", {"EWR": (0.1, 0.2, 0.3)})
    evidence.matrix("Causes", ["calm"], ["calm"], [[1]])
    evidence.table("Batches", ["week"], [[20]])
    kinds = [figure.kind for figure in evidence.figures]
    assert kinds == ["timeline", "bars", "lines", "intervals", "matrix", "table"]
    json.dumps([dict(figure.data) for figure in evidence.figures], allow_nan=False)


def test_a_limit_that_is_not_set_is_the_authors_error() -> None:
    limits = Limits({"delay_weeks": 2})
    assert limits.delay_weeks == 2
    with pytest.raises(AttributeError, match=r"no limit delay; it has delay_weeks"):
        _ = limits.delay


def test_only_marked_functions_are_criteria() -> None:
    @criterion(points=2, requires="other", hint="PSI")
    def check() -> None:
        """It is so."""

    found = declared(check)
    assert found is not None
    assert (found.points, found.requires, found.hint) == (2, "other", "PSI")
    assert declared(print) is None
