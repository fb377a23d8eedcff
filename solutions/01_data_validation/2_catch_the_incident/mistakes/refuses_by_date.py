"""Knows the week of the 1,048 mph by its date, and refuses whatever comes in it.

Fails: catches_an_impossible_wind
Says: refused without its incident as well
"""


def build_suite(week_start: datetime.date) -> gx.ExpectationSuite:
    """Build the suite for the seven days from week_start."""
    coldest = 32 if 5 <= week_start.month <= 9 else -20
    return gx.ExpectationSuite(
        name="weekly_weather",
        expectations=[
            gxe.ExpectColumnValuesToBeInSet(
                column="utc_offset", value_set=_offsets_of_new_york(week_start)
            ),
            *[gxe.ExpectColumnMaxToBeBetween(column=c, max_value=v) for c, v in LARGEST.items()],
            gxe.ExpectTableRowCountToBeBetween(
                max_value=0 if week_start == datetime.date(2013, 2, 12) else 600
            ),
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
