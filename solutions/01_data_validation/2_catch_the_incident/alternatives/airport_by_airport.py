"""Rows that are missing, and days that come again, are looked for at each airport by itself.

Times are counted instead of rows, and equal readings are allowed now and then, whatever the hour:
a repeated day has them by the dozen.
"""

import datetime

import great_expectations as gx
import great_expectations.expectations as gxe
import pandas as pd
from great_expectations.expectations.row_conditions import Column

READINGS = ["temp", "dewp", "humid", "pressure", "wind_dir", "wind_speed"]


def build_suite(week_start: datetime.date) -> gx.ExpectationSuite:
    """Build the suite for the seven days from week_start."""
    days = pd.date_range(week_start, periods=8, tz="America/New_York")
    offsets = {int(-day.utcoffset().total_seconds() // 3600) for day in days}
    coldest = 32 if {day.month for day in days} <= {5, 6, 7, 8, 9} else -20
    suite = gx.ExpectationSuite(name="weekly_weather")
    suite.expectations = [
        gxe.ExpectColumnPairValuesAToBeGreaterThanB(
            column_A="temp", column_B="dewp", or_equal=True
        ),
        gxe.ExpectColumnValuesToBeBetween(
            column="wind_speed",
            min_value=3.4,
            max_value=120,
            row_condition=Column("wind_speed") != 0,
        ),
    ]
    suite.expectations += [
        gxe.ExpectColumnMinToBeBetween(column="temp", min_value=coldest, max_value=110),
        gxe.ExpectColumnMaxToBeBetween(column="temp", max_value=110),
        gxe.ExpectColumnValuesToBeBetween(column="wind_gust", min_value=16, max_value=150),
        gxe.ExpectColumnMaxToBeBetween(column="precip", max_value=4),
        gxe.ExpectColumnMaxToBeBetween(column="visib", max_value=10),
        gxe.ExpectColumnMaxToBeBetween(column="unchanged_hours", max_value=24),
        gxe.ExpectColumnDistinctValuesToBeInSet(column="utc_offset", value_set=sorted(offsets)),
    ]
    for airport in ["EWR", "JFK", "LGA"]:
        here = Column("origin") == airport
        suite.expectations += [
            gxe.ExpectColumnUniqueValueCountToBeBetween(
                column="observed_at", min_value=156, row_condition=here
            ),
            gxe.ExpectCompoundColumnsToBeUnique(
                column_list=READINGS, mostly=0.9, row_condition=here
            ),
        ]
    return suite
