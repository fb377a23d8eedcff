"""A learner's suite is data: what is in the list is run, the rest refused with a reason."""

import great_expectations as gx
import great_expectations.expectations as gxe
import pandas as pd
import pytest
from great_expectations.expectations.row_conditions import Column

from workbench.authoring.suites import ALLOWED, Suite
from workbench.judging.packing import pack
from workbench.judging.unpacking import unpack
from workbench.judging.verdicts import BadAnswer, LearnerTimeout
from workbench.judging.wire import SuiteDocument

FRAME = pd.DataFrame(
    {
        "origin": ["JFK", "EWR", None],
        "distance": [100.0, 200.0, -1.0],
        "flight": [1, 2, 2],
        "all": [1, 1, 1],
    }
)


@pytest.fixture(autouse=True)
def context() -> None:
    gx.get_context(mode="ephemeral")


def suite(*expectations: object) -> Suite:
    """Send a suite the way a learner's suite comes."""
    written = gx.ExpectationSuite(name="any", expectations=list(expectations))
    return Suite(unpack(pack(written)))


def raw(kind: str, **arguments: object) -> Suite:
    return Suite(SuiteDocument({"expectations": [{"type": kind, "kwargs": arguments}]}))


def names(found: Suite, frame: pd.DataFrame = FRAME) -> list[str]:
    return [unmet.expectation for unmet in found.unmet(frame)]


def test_met_expectations_are_silent() -> None:
    met = suite(gxe.ExpectColumnToExist(column="origin"), gxe.ExpectTableRowCountToEqual(value=3))
    assert len(met) == 2
    assert met.unmet(FRAME) == []


def test_unmet_expectations_are_named_with_what_was_seen() -> None:
    found = suite(
        gxe.ExpectColumnValuesToBeBetween(column="distance", min_value=0),
        gxe.ExpectColumnValuesToNotBeNull(column="origin"),
        gxe.ExpectCompoundColumnsToBeUnique(column_list=["flight", "all"]),
    ).unmet(FRAME, detail=True)
    assert str(found[0]) == "expect_column_values_to_be_between(distance) (saw -1.0)"
    assert [unmet.expectation for unmet in found[1:]] == [
        "expect_column_values_to_not_be_null(origin)",
        "expect_compound_columns_to_be_unique(flight, all)",
    ]


def test_an_expectation_that_ends_with_an_error_says_so() -> None:
    (unmet,) = suite(gxe.ExpectColumnValuesToNotBeNull(column="orgin")).unmet(FRAME)
    assert unmet.raised
    assert "orgin" in unmet.seen


def test_what_one_batch_did_not_meet_is_looked_for_in_another() -> None:
    whole = suite(
        gxe.ExpectTableRowCountToEqual(value=3),
        gxe.ExpectColumnValuesToBeBetween(column="distance", min_value=0),
        gxe.ExpectColumnValuesToNotBeNull(column="origin"),
    )
    found = whole.unmet(FRAME)
    assert [unmet.place for unmet in found] == [1, 2]
    assert whole.unmet(FRAME.assign(distance=1.0)[:2], among=found[:1]) == []
    assert whole.unmet(FRAME, among=found[1:]) == found[1:]


def test_one_suite_judges_many_batches() -> None:
    once = suite(gxe.ExpectColumnValuesToNotBeNull(column="origin"))
    assert names(once)
    assert not names(once, FRAME.dropna())


@pytest.mark.parametrize(
    "condition",
    [
        (Column("origin") == "JFK"),
        'origin == "JFK"',
        "distance > 0 and origin.notnull()",
        "origin in ['JFK', 'EWR']",
        "not (distance < 0)",
    ],
    ids=str,
)
def test_row_conditions_that_compare_are_run(condition: object) -> None:
    options = {"condition_parser": "pandas"} if isinstance(condition, str) else {}
    rule = gxe.ExpectColumnValuesToBeBetween(
        column="distance", min_value=0, row_condition=condition, **options
    )
    assert names(suite(rule)) == []


@pytest.mark.parametrize(
    "condition",
    [
        "@pd.io.common.os.system('true')",
        "__import__('os').getpid() > 0",
        "origin.str.len() > 0",
        "distance.abs() > 0",
        "origin.notnull(1)",
        "(lambda: 1)()",
        "x" * 50 + "(",
        "(" * 3000,
    ],
    ids=lambda text: text[:20],
)
def test_row_conditions_that_do_more_are_refused(condition: str) -> None:
    with pytest.raises(BadAnswer, match="row condition"):
        raw("expect_column_to_exist", column="origin", row_condition=condition)


@pytest.mark.parametrize(
    "kind",
    [
        "unexpected_rows_expectation",
        "expect_query_results_to_match_comparison",
        "expect_table_row_count_to_equal_other_table",
        "expect_column_values_to_match_json_schema",
        "expect_something_of_my_own",
        None,
    ],
)
def test_types_beyond_the_list_are_refused(kind: str) -> None:
    with pytest.raises(BadAnswer, match="is not run here"):
        raw(kind, column="origin")


def test_the_list_holds_what_great_expectations_has() -> None:
    from great_expectations.expectations.registry import (
        list_registered_expectation_implementations,
    )

    assert set(list_registered_expectation_implementations()) >= ALLOWED


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({}, "no list of expectations"),
        ({"expectations": [3]}, "has no arguments"),
        ({"expectations": [{"type": "expect_column_to_exist"}]}, "has no arguments"),
        (
            {"expectations": [{"type": "expect_column_to_exist", "kwargs": {"column": "a"}}] * 201},
            "at most 200",
        ),
    ],
)
def test_malformed_suites_are_refused(content: dict[str, object], words: str) -> None:
    with pytest.raises(BadAnswer, match=words):
        Suite(SuiteDocument(content))


def test_arguments_that_great_expectations_refuses_are_told() -> None:
    with pytest.raises(BadAnswer, match="Great Expectations refuses the suite"):
        raw("expect_column_values_to_be_between", nonsense=1).unmet(FRAME)


@pytest.mark.parametrize("answer", [None, {}, [], "suite"])
def test_what_is_no_suite_is_named(answer: object) -> None:
    with pytest.raises(BadAnswer, match=f"this is {type(answer).__name__}"):
        Suite(answer)


def test_a_pattern_that_backtracks_for_ever_ends_at_the_limit() -> None:
    rule = {"column": "origin", "regex": "(?=a)(a|a)*b$"}  # looking ahead keeps it from RE2
    kind = "expect_column_values_to_match_regex"
    slow = Suite(SuiteDocument({"expectations": [{"type": kind, "kwargs": rule}]}), seconds=0.3)
    frame = pd.DataFrame({"origin": pd.Series(["a" * 40], dtype=object)})
    with pytest.raises(LearnerTimeout, match="regular expression"):
        slow.unmet(frame)


def test_a_set_of_times_is_compared_with_times() -> None:
    """Times cross as ISO text; Great Expectations alone would find no time equal to a text."""
    days = pd.to_datetime(["2013-03-04", "2013-03-05"])
    frame = pd.DataFrame({"date": days})
    inside = gxe.ExpectColumnValuesToBeInSet(column="date", value_set=list(days))
    outside = gxe.ExpectColumnValuesToBeInSet(column="date", value_set=list(days[:1]))
    assert suite(inside).unmet(frame) == []
    assert names(suite(outside), frame) == ["expect_column_values_to_be_in_set(date)"]


@pytest.mark.parametrize("arguments", [{"mostly": {"$PARAMETER": "x"}}, {"value_set": {"$P": [1]}}])
def test_a_parameter_that_nobody_gives_is_refused(arguments: dict[str, object]) -> None:
    with pytest.raises(BadAnswer, match="Suite parameters are not run here"):
        raw("expect_column_values_to_be_in_set", column="origin", **arguments).unmet(FRAME)


def test_an_unmet_pair_of_columns_is_named() -> None:
    pair = gxe.ExpectColumnPairValuesAToBeGreaterThanB(column_A="flight", column_B="all")
    (name,) = names(suite(pair))
    assert name == "expect_column_pair_values_a_to_be_greater_than_b(flight, all)"


def test_a_table_of_all_that_was_seen_is_refused() -> None:
    def seen(values: int) -> gxe.ExpectColumnValuesToBeInSet:
        return gxe.ExpectColumnValuesToBeInSet(column="flight", value_set=list(range(values)))

    assert suite(seen(250), seen(250)).unmet(FRAME) == []
    with pytest.raises(BadAnswer, match="lists 501 values; at most 500"):
        suite(seen(250), seen(251))


def test_unexpected_values_are_shown_as_a_learner_would_write_them() -> None:
    frame = pd.DataFrame({"gust": [None, 20.0], "wind": [11.5, 30.0]})
    pair = gxe.ExpectColumnPairValuesAToBeGreaterThanB(column_A="gust", column_B="wind")
    (unmet,) = suite(pair).unmet(frame, detail=True)
    assert unmet.seen == "(missing, 11.5), (20.0, 30.0)"
