"""The numbers of rows and the flying times of January are taken for what is possible.

Fails: accepts_clean_weeks
Says: Expect only what the contract says
"""


def build_suite(week_start: datetime.date) -> gx.ExpectationSuite:
    """Build the suite for the seven days from week_start."""
    first = pd.Timestamp(week_start)
    last = first + pd.Timedelta(days=6)
    return gx.ExpectationSuite(
        name="weekly_flights",
        expectations=[
            gxe.ExpectTableColumnsToMatchSet(column_set=PLAN + OUTCOME),
            gxe.ExpectTableRowCountToBeBetween(min_value=5_900, max_value=6_200),
            *[gxe.ExpectColumnValuesToBeOfType(column=c, type_=t) for c, t in NUMBERS.items()],
            *[gxe.ExpectColumnValuesToNotBeNull(column=c) for c in PLAN],
            gxe.ExpectColumnValuesToBeBetween(column="distance", min_value=0, strict_min=True),
            gxe.ExpectColumnValuesToBeBetween(column="air_time", min_value=20, max_value=667),
            gxe.ExpectColumnValuesToBeInSet(column="origin", value_set=AIRPORTS),
            gxe.ExpectCompoundColumnsToBeUnique(column_list=KEY),
            gxe.ExpectColumnMinToBeBetween(column="date", min_value=first),
            gxe.ExpectColumnMaxToBeBetween(column="date", max_value=last),
        ],
    )
