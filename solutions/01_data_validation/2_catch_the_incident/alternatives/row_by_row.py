"""The same contract told by rows: what instruments can show, value by value.

Wind comes in whole knots and rain in hundredths of an inch; 2013's clock changes are dates. All
three airports are counted together, because the silence of one is missing in the sum.
"""

import datetime

import great_expectations as gx
import great_expectations.expectations as gxe

KNOT = 1.15078  # mph
CHANGES = datetime.date(2013, 3, 10), datetime.date(2013, 11, 3)
READINGS = ["temp", "dewp", "humid", "pressure", "wind_dir", "wind_speed"]


def between(column: str, low: float | None, high: float | None, **others: object) -> object:
    """Bound each value of a column."""
    return gxe.ExpectColumnValuesToBeBetween(column=column, min_value=low, max_value=high, **others)


def build_suite(week_start: datetime.date) -> gx.ExpectationSuite:
    """Build the suite for the seven days from week_start."""
    gx.get_context(mode="ephemeral")  # add_expectation asks for one
    suite = gx.ExpectationSuite(name="weekly_weather")
    add = suite.add_expectation

    summer = week_start.month in range(5, 10)
    add(between("temp", 32 if summer else -20, 110))
    add(between("pressure", 950, 1060))
    add(between("visib", 0, 10))
    add(between("unchanged_hours", None, 20))
    add(between("precip", 0, 4))
    knots = [round(KNOT * knot, 2) for knot in [0, *range(3, 105)]]
    add(gxe.ExpectColumnValuesToBeInSet(column="wind_speed", value_set=knots))
    add(
        between(
            "wind_gust", 16, 150, row_condition="wind_gust.notnull()", condition_parser="pandas"
        )
    )
    add(
        gxe.ExpectColumnPairValuesAToBeGreaterThanB(column_A="temp", column_B="dewp", or_equal=True)
    )

    last = week_start + datetime.timedelta(days=6)
    begin, end = CHANGES
    offsets = {4 if begin <= day < end else 5 for day in (week_start, last)}
    if week_start <= begin <= last or week_start <= end <= last:
        offsets = {4, 5}
    add(gxe.ExpectColumnDistinctValuesToBeInSet(column="utc_offset", value_set=sorted(offsets)))
    add(gxe.ExpectTableRowCountToBeBetween(min_value=3 * (168 - 12)))
    add(gxe.ExpectCompoundColumnsToBeUnique(column_list=["origin", "hour", *READINGS]))
    return suite
