"""Running a learner's expectation suite in the judge: from JSON, by an allow-list."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Self
from unittest.mock import patch

import great_expectations as gx
import pandas as pd
from great_expectations.data_context.types.base import ProgressBarsConfig
from great_expectations.expectations.expectation import Expectation

from workbench.authoring.suite_json import check_arguments, count_listed, safe_condition
from workbench.judging.deadline import time_limit
from workbench.judging.verdicts import BadAnswer, LearnerTimeout, Verdict
from workbench.judging.wire import SuiteDocument

# Left out on purpose: SQL queries, other tables, and JSON schemas (they can name addresses).
ALLOWED = frozenset(
    f"expect_{name}"
    for name in """
    column_distinct_values_to_be_in_set column_distinct_values_to_contain_set
    column_distinct_values_to_equal_set column_kl_divergence_to_be_less_than
    column_max_to_be_between column_mean_to_be_between column_median_to_be_between
    column_min_to_be_between column_most_common_value_to_be_in_set
    column_pair_values_a_to_be_greater_than_b column_pair_values_to_be_equal
    column_pair_values_to_be_in_set column_proportion_of_non_null_values_to_be_between
    column_proportion_of_unique_values_to_be_between column_quantile_values_to_be_between
    column_stdev_to_be_between column_sum_to_be_between column_to_exist
    column_unique_value_count_to_be_between column_value_lengths_to_be_between
    column_value_lengths_to_equal column_value_z_scores_to_be_less_than
    column_values_to_be_between column_values_to_be_dateutil_parseable
    column_values_to_be_decreasing column_values_to_be_in_set
    column_values_to_be_in_type_list column_values_to_be_increasing
    column_values_to_be_json_parseable column_values_to_be_null column_values_to_be_of_type
    column_values_to_be_unique column_values_to_match_like_pattern
    column_values_to_match_like_pattern_list column_values_to_match_regex
    column_values_to_match_regex_list column_values_to_match_strftime_format
    column_values_to_not_be_in_set column_values_to_not_be_null
    column_values_to_not_be_outliers column_values_to_not_match_like_pattern
    column_values_to_not_match_like_pattern_list column_values_to_not_match_regex
    column_values_to_not_match_regex_list compound_columns_to_be_unique
    multicolumn_sum_to_equal multicolumn_values_to_be_equal
    select_column_values_to_be_unique_within_record table_column_count_to_be_between
    table_column_count_to_equal table_columns_to_match_ordered_list
    table_columns_to_match_set table_row_count_to_be_between table_row_count_to_equal
    """.split()
)
MAX_EXPECTATIONS = 200
MAX_LISTED = 500  # rules of a person list a hundred values or so, a table of the year a thousand
_PLACE = "place"
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?")


@dataclass(frozen=True)
class Unmet:
    """An expectation that a batch did not meet.

    Parameters
    ----------
    expectation
        Its type and column, as a learner would name it.
    seen
        A few unexpected values, or the error that it ended with.
    raised
        Whether it ended with an error rather than a finding.
    place
        Which of the suite's expectations it is, counted from 0.
    """

    expectation: str
    seen: str
    raised: bool
    place: int

    def __str__(self) -> str:
        return f"{self.expectation} (saw {self.seen})" if self.seen else self.expectation


class Suite:
    """An expectation suite of a learner, rebuilt from its JSON.

    Parameters
    ----------
    document
        What ``learner.call`` returned.
    seconds
        Wall-clock limit of one validation.
    all_seconds
        Limit of all validations by this suite.

    Raises
    ------
    BadAnswer
        When it is no suite, is not well formed, or carries code or SQL.
    """

    def __init__(self, document: object, seconds: float = 10.0, all_seconds: float = 30.0) -> None:
        if not isinstance(document, SuiteDocument):
            raise BadAnswer(
                f"An ExpectationSuite is expected; this is {type(document).__name__}. "
                "Return `gx.ExpectationSuite(name=..., expectations=[...])`."
            )
        self._configurations = _allowed(document.content)
        self._seconds, self._left = seconds, all_seconds

    def __len__(self) -> int:
        return len(self._configurations)

    @classmethod
    def of(cls, learner: Any, name: str, *args: object) -> Self:
        """Call a function of the submission that returns a suite."""
        return cls(learner.call(name, *args))

    def unmet(
        self, frame: pd.DataFrame, detail: bool = False, among: Sequence[Unmet] | None = None
    ) -> list[Unmet]:
        """Validate a batch.

        Parameters
        ----------
        frame
            The batch.
        detail
            Also collect unexpected values; costs about half as much time again.
        among
            Look only at these, which another batch did not meet.

        Returns
        -------
        list of Unmet
            Empty when the batch meets every expectation.
        """
        batch = _whole_frame().get_batch({"dataframe": frame})
        seconds = min(self._seconds, self._left)
        started = time.monotonic()
        try:
            with time_limit(seconds, _too_slow(seconds)), _configured_once():
                report = batch.validate(
                    self._whole if among is None else self._part(among),
                    result_format="BASIC" if detail else "BOOLEAN_ONLY",
                )
        except Verdict:
            raise
        except Exception as problem:  # a formula that is nested too deeply, say
            raise _refused(problem) from None
        finally:
            self._left -= time.monotonic() - started
        return [_unmet(result) for result in report.results if not result.success]

    @cached_property
    def _whole(self) -> Any:
        return _built(self._configurations)

    def _part(self, chosen: Sequence[Unmet]) -> Any:
        return _built([self._configurations[unmet.place] for unmet in chosen])


@contextmanager
def _configured_once() -> Iterator[None]:
    """Keep the configuration of each expectation while a batch is validated.

    Great Expectations 1.24 builds it anew at each of the sixty looks that it takes at each
    expectation: half the time of a validation, and nothing changes in between.
    """
    build = Expectation.configuration.fget
    kept: dict[int, tuple[Any, Any]] = {}  # with the expectation, so that no id comes twice

    def look(expectation: Any) -> Any:
        if id(expectation) not in kept:
            kept[id(expectation)] = (expectation, build(expectation))
        return kept[id(expectation)][1]

    with patch.object(Expectation, "configuration", property(look)):
        yield


def _built(configurations: Sequence[Mapping[str, Any]]) -> Any:
    _whole_frame()  # GX builds suites only inside a context
    try:
        return gx.ExpectationSuite(name="submission", expectations=list(configurations))
    except Exception as problem:  # GX refuses bad arguments in many ways
        raise _refused(problem) from None


@cache
def _whole_frame() -> Any:
    """Make the context and the batch definition, once: they cost as much as a validation."""
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    asset = context.data_sources.add_pandas("judge").add_dataframe_asset("batch")
    return asset.add_batch_definition_whole_dataframe("whole")


def _too_slow(seconds: float) -> LearnerTimeout:
    return LearnerTimeout(
        f"The suite took longer than {max(seconds, 0):.0f} s on one batch. Look for a regular "
        "expression with nested repetition."
    )


def _refused(problem: Exception) -> BadAnswer:
    reason = " ".join(str(problem).split())[:300]
    return BadAnswer(f"Great Expectations refuses the suite: {reason}")


def _allowed(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    entries = content.get("expectations") if isinstance(content, Mapping) else None
    if not isinstance(entries, list):
        raise BadAnswer("The suite is not well formed: it has no list of expectations.")
    if len(entries) > MAX_EXPECTATIONS:
        raise BadAnswer(
            f"The suite has {len(entries)} expectations; at most {MAX_EXPECTATIONS} are run."
        )
    allowed = [{**_allowed_one(e), "meta": {_PLACE: n}} for n, e in enumerate(entries)]
    listed = sum(count_listed(configuration["kwargs"]) for configuration in allowed)
    if listed > MAX_LISTED:
        raise BadAnswer(
            f"The suite lists {listed:,} values; at most {MAX_LISTED} are run. Write the rule that "
            "values keep to, not all that were seen."
        )
    return allowed


def _allowed_one(entry: Any) -> dict[str, Any]:
    if not isinstance(entry, dict) or not isinstance(entry.get("kwargs"), dict):
        raise BadAnswer("The suite is not well formed: an expectation has no arguments.")
    kind, arguments = entry.get("type"), dict(entry["kwargs"])
    if not isinstance(kind, str) or kind not in ALLOWED:
        raise BadAnswer(
            f"{str(kind)[:80]} is not run here: only Great Expectations' own expectations that "
            "work on a table alone are, no SQL and no code of one's own."
        )
    if arguments.get("row_condition") is not None:
        arguments["row_condition"] = safe_condition(arguments["row_condition"])
    check_arguments(arguments)
    if isinstance(arguments.get("value_set"), list):
        arguments["value_set"] = _times(arguments["value_set"])
    return {"type": kind, "kwargs": arguments}


def _times(values: list[Any]) -> list[Any]:
    """Make times again of what JSON made text: GX does so for bounds, and not for sets."""
    if not all(isinstance(value, str) and _TIME.fullmatch(value) for value in values):
        return values
    try:
        return [pd.Timestamp(value) for value in values]
    except ValueError:
        return values


def _unmet(result: Any) -> Unmet:
    config = result.expectation_config
    given = config.kwargs
    pair = [given[name] for name in ("column_A", "column_B") if name in given]
    about = given.get("column") or given.get("column_list") or pair
    if isinstance(about, Sequence) and not isinstance(about, str):
        about = ", ".join(map(str, about))
    error = _error(result.exception_info or {})
    values = (result.result or {}).get("partial_unexpected_list") or []
    observed = (result.result or {}).get("observed_value")
    seen = ", ".join(map(_shown, values[:3])) or ("" if observed is None else str(observed)[:80])
    return Unmet(f"{config.type}({about})", error or seen, bool(error), config.meta[_PLACE])


def _shown(value: Any) -> str:
    """Write a value as a learner would: of a pair of columns, GX keeps NumPy's numbers."""
    if isinstance(value, tuple):
        return f"({', '.join(map(_shown, value))})"
    return "missing" if pd.api.types.is_scalar(value) and pd.isna(value) else str(value)


def _error(info: Mapping[str, Any]) -> str:
    """Find the error in GX's exception info, which nests it when there are several."""
    if info.get("raised_exception"):
        return " ".join(str(info.get("exception_message")).split())[:160]
    nested = [value for value in info.values() if isinstance(value, Mapping)]
    return next((error for error in map(_error, nested) if error), "")
