"""Asks for rows, which every batch has."""

import great_expectations as gx
import great_expectations.expectations as gxe


def build_suite(week_start):
    return gx.ExpectationSuite(
        name="any_rows", expectations=[gxe.ExpectTableRowCountToBeBetween(min_value=1)]
    )
