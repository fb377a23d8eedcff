"""Whole rows are compared: a flight sent again with another delay is not a copy.

Fails: refuses_repeated_flights
Says: sent again, corrected
"""


def build_suite(week_start: datetime.date) -> gx.ExpectationSuite:
    """Build the suite for the seven days from week_start."""
    first = pd.Timestamp(week_start)
    last = first + pd.Timedelta(days=6)
    return gx.ExpectationSuite(
        name="weekly_flights",
        expectations=[
            gxe.ExpectTableColumnsToMatchSet(column_set=PLAN + OUTCOME),
            *[gxe.ExpectColumnValuesToBeOfType(column=c, type_=t) for c, t in NUMBERS.items()],
            *[gxe.ExpectColumnValuesToNotBeNull(column=c) for c in PLAN],
            gxe.ExpectColumnValuesToBeBetween(column="distance", min_value=0, strict_min=True),
            gxe.ExpectColumnValuesToBeInSet(column="origin", value_set=AIRPORTS),
            gxe.ExpectCompoundColumnsToBeUnique(column_list=PLAN + OUTCOME),
            gxe.ExpectColumnMinToBeBetween(column="date", min_value=first),
            gxe.ExpectColumnMaxToBeBetween(column="date", max_value=last),
        ],
    )
