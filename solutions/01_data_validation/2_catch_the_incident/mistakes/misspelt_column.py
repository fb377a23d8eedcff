"""A column is misspelt: the expectation ends with an error, which counts as not met.

Fails: accepts_clean_weeks
Says: Correct the expectation that cannot be run
"""

import datetime
from zoneinfo import ZoneInfo

import great_expectations as gx
import great_expectations.expectations as gxe
from great_expectations.expectations.row_conditions import Column

AIRPORTS = ["EWR", "JFK", "LGA"]
WEATHER = ["temp", "dewp", "humid", "wind_dir", "wind_speed", "pressure"]
LARGEST = {
    "temp": 110,
    "wind_speed": 120,
    "wind_gust": 150,
    "precip": 4,
    "pressure": 1060,
    "visibility": 10,
    "unchanged_hours": 15,
}


def build_suite(week_start: datetime.date) -> gx.ExpectationSuite:
    """Say what a week of hourly weather keeps to.

    Parameters
    ----------
    week_start
        First of the batch's seven days, local to New York.

    Returns
    -------
    ExpectationSuite
        Met by every batch that keeps the contract, and by none with an incident.
    """
    coldest = 32 if 5 <= week_start.month <= 9 else -20
    return gx.ExpectationSuite(
        name="weekly_weather",
        expectations=[
            gxe.ExpectColumnValuesToBeInSet(
                column="utc_offset", value_set=_offsets_of_new_york(week_start)
            ),
            *[gxe.ExpectColumnMaxToBeBetween(column=c, max_value=v) for c, v in LARGEST.items()],
            gxe.ExpectColumnMinToBeBetween(column="temp", min_value=coldest),
            gxe.ExpectColumnMinToBeBetween(column="wind_gust", min_value=16),
            gxe.ExpectColumnMinToBeBetween(column="pressure", min_value=950),
            # an anemometer shows nothing between a calm and 3 knots
            gxe.ExpectColumnValuesToBeBetween(
                column="wind_speed", min_value=3.4, row_condition=Column("wind_speed") > 0
            ),
            gxe.ExpectColumnPairValuesAToBeGreaterThanB(
                column_A="temp", column_B="dewp", or_equal=True
            ),
            gxe.ExpectColumnPairValuesAToBeGreaterThanB(
                column_A="wind_gust",
                column_B="wind_speed",
                ignore_row_if="either_value_is_missing",
            ),
            *[
                gxe.ExpectTableRowCountToBeBetween(
                    min_value=7 * 24 - 12, row_condition=Column("origin") == airport
                )
                for airport in AIRPORTS
            ],
            gxe.ExpectCompoundColumnsToBeUnique(column_list=["origin", "hour", *WEATHER]),
        ],
    )


def _offsets_of_new_york(week_start: datetime.date) -> list[int]:
    """Hours by which UTC is ahead of New York in a week: two where the clocks change."""
    midnights = [week_start + datetime.timedelta(days=day) for day in range(8)]
    clock = datetime.time(tzinfo=ZoneInfo("America/New_York"))
    ahead = [datetime.datetime.combine(day, clock).utcoffset() for day in midnights]
    return sorted({int(-offset.total_seconds()) // 3600 for offset in ahead if offset})
