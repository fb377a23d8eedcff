"""Never refuses anything."""

import great_expectations as gx


def build_suite(week_start):
    return gx.ExpectationSuite(name="empty")
