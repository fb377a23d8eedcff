"""Bounds the temperature from below alone, and the pressure not at all.

Fails: catches_swapped_columns
Says: temp and pressure are swapped
"""

LARGEST = {"wind_speed": 120, "wind_gust": 150, "precip": 4, "visib": 10, "unchanged_hours": 15}


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
            gxe.ExpectColumnMinToBeBetween(column="temp", min_value=coldest),
            gxe.ExpectColumnMinToBeBetween(column="wind_gust", min_value=16),
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
