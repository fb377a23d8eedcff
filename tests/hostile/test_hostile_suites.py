"""The judge itself runs a learner's suite: nothing in it may run as code, or for ever."""

import time
from pathlib import Path

import pandas as pd
import pytest

from workbench.authoring.suites import Suite
from workbench.judging.verdicts import BadAnswer, LearnerTimeout, Verdict
from workbench.judging.wire import SuiteDocument

FRAME = pd.DataFrame({"a": [1, 2, 3], "b": ["x", "y", "z"]})
WRITES = "@data.to_csv('{place}')"  # what pandas evaluates as a condition may call methods
REACHES = "@self.__class__.__init__.__globals__['__builtins__']['open']('{place}', 'w')"
NAMES = [
    "a` == {code} == `a",
    "a` == 1 or {code} or `a",
    "{code}",
    "a` # ",
    "a\n{code}",
    "`",
    "a\x00",
]


def suite(kind: object = "expect_column_values_to_not_be_null", **arguments: object) -> Suite:
    entry = {"type": kind, "kwargs": {"column": "a", **arguments}}
    return Suite(SuiteDocument({"expectations": [entry]}), seconds=2.0)


def conditions(name: str) -> list[object]:
    column = {"name": name}
    compared = {"type": "comparison", "column": column, "operator": "==", "parameter": 1}
    return [
        compared,
        {"type": "nullity", "column": column, "is_null": True},
        {**compared, "column": {"name": "a"}, "parameter": name},
        {**compared, "column": {"name": "a"}, "operator": "IN", "parameter": ["x", name]},
        {**compared, "column": {"name": "a"}, "operator": name},
        {**compared, "column": {"name": "a"}, "parameter": {"x": name}},
        {"type": "and", "conditions": [compared, {"type": "or", "conditions": [compared]}]},
        {"type": "and", "conditions": [{"type": "pass_through", "pass_through_filter": name}]},
        {"type": "pass_through", "pass_through_filter": name},
        {"type": ["pass_through"], "pass_through_filter": name},
        {"type": "pass_through"},
        name,
        [name],
    ]


@pytest.mark.parametrize("code", [WRITES, REACHES])
@pytest.mark.parametrize("name", NAMES)
def test_no_row_condition_runs_code(tmp_path: Path, name: str, code: str) -> None:
    place = tmp_path / "written"
    for condition in conditions(name.format(code=code.format(place=place))):
        for parser in ({}, {"condition_parser": "pandas"}):
            try:
                suite(row_condition=condition, **parser).unmet(FRAME)
            except Verdict:
                continue
    assert not place.exists()


def test_comments_do_not_hide_code_from_the_check(tmp_path: Path) -> None:
    place = tmp_path / "written"
    text = f"a == 1 #` == @data.to_csv('{place}') == `b"
    suite(row_condition=text, condition_parser="pandas").unmet(FRAME)
    assert not place.exists()


DEEP: list[object] = []
for _ in range(200):
    DEEP = [DEEP]
ODD = {
    "a type that is a list": {"kind": ["expect_column_to_exist"]},
    "a formula": {"mostly": {"$PARAMETER": "9^9^9^9"}},
    "a formula nested 2,000 deep": {"mostly": {"$PARAMETER": "(" * 2_000 + "1" + ")" * 2_000}},
    "the present time": {"mostly": {"$PARAMETER": "now()"}},
    "a column of a million letters": {"column": "x" * 10**6},
    "a frame as column": {"column": FRAME},
    "bytes as column": {"column": b"a"},
    "a million values": {"value_set": list(range(10**6))},
    "values nested deep": {"value_set": DEEP},
    "keys that are numbers": {"value_set": {1: 1}},
    "a condition of a million letters": {"row_condition": "a." * 10**6},
    "a condition of many parts": {"row_condition": " and ".join(["a == 1"] * 200)},
    "a condition nested deep": {"row_condition": "(" * 90 + "-" * 900 + "1" + ")" * 90},
    "an argument that there is not": {"nonsense": 1},
}


@pytest.mark.parametrize("name", ODD)
def test_odd_arguments_are_bad_answers(name: str) -> None:
    started = time.monotonic()
    with pytest.raises(BadAnswer) as caught:
        suite(**ODD[name]).unmet(FRAME)
    assert len(str(caught.value)) < 1_000
    assert time.monotonic() - started < 20  # and not for ever


@pytest.mark.parametrize("content", [None, [], "suite", {"expectations": "all"}, FRAME, 3])
def test_what_is_no_suite_is_a_bad_answer(content: object) -> None:
    with pytest.raises(BadAnswer):
        Suite(SuiteDocument(content))


def test_a_suite_has_one_allowance_for_all_batches() -> None:
    document = {
        "expectations": [
            {
                "type": "expect_column_values_to_match_regex",
                "kwargs": {"column": "b", "regex": "(?=a)(a|a)*b$"},  # looking ahead: no RE2
            }
        ]
    }
    slow = Suite(SuiteDocument(document), seconds=5.0, all_seconds=0.4)
    frame = pd.DataFrame({"b": pd.Series(["a" * 40], dtype=object)})
    for _ in range(2):
        started = time.monotonic()
        with pytest.raises(LearnerTimeout):
            slow.unmet(frame)
        assert time.monotonic() - started < 20  # and not for ever
