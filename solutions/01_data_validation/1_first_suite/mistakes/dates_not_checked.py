"""The suite is the same for every week.

Fails: refuses_next_weeks_flights
Says: Expect every date to be one of the seven days
"""


def build_suite(week_start: datetime.date) -> gx.ExpectationSuite:
    """Build the suite for the seven days from week_start."""
    return gx.ExpectationSuite(
        name="weekly_flights",
        expectations=[
            gxe.ExpectTableColumnsToMatchSet(column_set=PLAN + OUTCOME),
            *[gxe.ExpectColumnValuesToBeOfType(column=c, type_=t) for c, t in NUMBERS.items()],
            *[gxe.ExpectColumnValuesToNotBeNull(column=c) for c in PLAN],
            gxe.ExpectColumnValuesToBeBetween(column="distance", min_value=0, strict_min=True),
            gxe.ExpectColumnValuesToBeInSet(column="origin", value_set=AIRPORTS),
            gxe.ExpectCompoundColumnsToBeUnique(column_list=KEY),
        ],
    )
