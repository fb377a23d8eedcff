"""The same contract told row by row: patterns, conditions, and comparisons of two columns."""

import datetime

import great_expectations as gx
import great_expectations.expectations as gxe
import pandas as pd
from great_expectations.expectations.row_conditions import Column

COLUMNS = [
    "date",
    "carrier",
    "flight",
    "origin",
    "dest",
    "scheduled_departure",
    "distance",
    "tailnum",
    "departure_time",
    "departure_delay",
    "arrival_delay",
    "air_time",
]
NUMBERS = ["flight", "distance", "departure_delay", "arrival_delay", "air_time"]


def build_suite(week_start: datetime.date) -> gx.ExpectationSuite:
    """Build the suite for the seven days from week_start."""
    suite = gx.ExpectationSuite(name="weekly_flights")
    suite.expectations = [
        gxe.ExpectTableColumnsToMatchOrderedList(column_list=COLUMNS),
        gxe.ExpectColumnValuesToMatchRegex(column="origin", regex="^(EWR|JFK|LGA)$"),
        gxe.ExpectColumnValuesToBeInSet(
            column="date", value_set=list(pd.date_range(week_start, periods=7))
        ),
        gxe.ExpectColumnPairValuesAToBeGreaterThanB(
            column_A="scheduled_departure", column_B="date", or_equal=True
        ),
        gxe.ExpectColumnValuesToBeBetween(column="distance", min_value=1, max_value=12_500),
        gxe.ExpectCompoundColumnsToBeUnique(column_list=["date", "carrier", "flight", "origin"]),
        *[gxe.ExpectColumnValuesToNotBeNull(column=c) for c in COLUMNS[:7]],
        *[
            gxe.ExpectColumnValuesToBeInTypeList(column=c, type_list=["int64", "float64"])
            for c in NUMBERS
        ],
        # A flight that left has an aircraft and a delay; a cancelled one has neither.
        *[
            gxe.ExpectColumnValuesToNotBeNull(
                column=c, row_condition=Column("departure_time").is_not_null()
            )
            for c in ("tailnum", "departure_delay")
        ],
    ]
    return suite
