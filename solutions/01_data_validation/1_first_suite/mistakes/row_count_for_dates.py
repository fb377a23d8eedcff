"""A whole second week is too many rows; one day more is not.

Fails: refuses_next_weeks_flights
Says: 2 of 3 batches with a defect
"""

import datetime

import great_expectations as gx
import great_expectations.expectations as gxe

PLAN = ["date", "carrier", "flight", "origin", "dest", "scheduled_departure", "distance"]
OUTCOME = ["tailnum", "departure_time", "departure_delay", "arrival_delay", "air_time"]
NUMBERS = {
    "flight": "int",
    "distance": "int",
    "departure_delay": "float",
    "arrival_delay": "float",
    "air_time": "float",
}
KEY = ["date", "carrier", "flight", "origin"]
AIRPORTS = ["EWR", "JFK", "LGA"]


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
            gxe.ExpectTableRowCountToBeBetween(min_value=5_000, max_value=8_000),
        ],
    )
