"""Refuses everything."""

import great_expectations as gx
import great_expectations.expectations as gxe


def build_suite(week_start):
    return gx.ExpectationSuite(
        name="impossible", expectations=[gxe.ExpectTableRowCountToBeBetween(max_value=0)]
    )
