"""The last day is counted from the first, and one too many is let in.

Fails: refuses_next_weeks_flights
Says: with the timetable of the next day
"""


def build_suite(week_start: datetime.date) -> gx.ExpectationSuite:
    """Build the suite for the seven days from week_start."""
    first = pd.Timestamp(week_start)
    last = first + pd.Timedelta(days=7)
    return gx.ExpectationSuite(
        name="weekly_flights",
        expectations=[
            gxe.ExpectTableColumnsToMatchSet(column_set=PLAN + OUTCOME),
            *[gxe.ExpectColumnValuesToBeOfType(column=c, type_=t) for c, t in NUMBERS.items()],
            *[gxe.ExpectColumnValuesToNotBeNull(column=c) for c in PLAN],
            gxe.ExpectColumnValuesToBeBetween(column="distance", min_value=0, strict_min=True),
            gxe.ExpectColumnValuesToBeInSet(column="origin", value_set=AIRPORTS),
            gxe.ExpectCompoundColumnsToBeUnique(column_list=KEY),
            gxe.ExpectColumnMinToBeBetween(column="date", min_value=first),
            gxe.ExpectColumnMaxToBeBetween(column="date", max_value=last),
        ],
    )
