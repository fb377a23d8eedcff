"""The same contract told by facts about the table and about whole columns.

Nothing here looks at single values: minima and maxima, sets of distinct values and shares of
values that are there say the same, and are cheap on a database.
"""

import datetime

import great_expectations as gx
import great_expectations.expectations as gxe

PLAN = ["date", "carrier", "flight", "origin", "dest", "scheduled_departure", "distance"]
OUTCOME = ["tailnum", "departure_time", "departure_delay", "arrival_delay", "air_time"]
# A day of minutes and more: wide enough for any flight, and text is no number.
NUMBERS = {
    "flight": (1, 9999),
    "distance": (1, 12_500),
    "departure_delay": (-1440, 10_000),
    "arrival_delay": (-1440, 10_000),
    "air_time": (1, 1440),
}


def build_suite(week_start: datetime.date) -> gx.ExpectationSuite:
    """Build the suite for the seven days from week_start."""
    gx.get_context(mode="ephemeral")  # add_expectation asks for one
    suite = gx.ExpectationSuite(name="weekly_flights")
    add = suite.add_expectation

    add(gxe.ExpectTableColumnsToMatchSet(column_set=PLAN + OUTCOME))
    add(gxe.ExpectTableRowCountToBeBetween(min_value=5_000, max_value=8_000))
    add(gxe.ExpectCompoundColumnsToBeUnique(column_list=["date", "carrier", "flight", "origin"]))
    days = [str(week_start + datetime.timedelta(days=day)) for day in range(7)]
    add(gxe.ExpectColumnDistinctValuesToEqualSet(column="date", value_set=days))
    add(gxe.ExpectColumnDistinctValuesToBeInSet(column="origin", value_set=["EWR", "JFK", "LGA"]))
    for column in PLAN:
        add(gxe.ExpectColumnProportionOfNonNullValuesToBeBetween(column=column, min_value=1))
    for column, (low, high) in NUMBERS.items():
        add(gxe.ExpectColumnMinToBeBetween(column=column, min_value=low))
        add(gxe.ExpectColumnMaxToBeBetween(column=column, max_value=high))
    return suite
