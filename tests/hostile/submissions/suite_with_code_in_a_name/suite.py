"""Suites: a column name that ends its own quotation; pandas would evaluate what follows.

Exercise: first_suite
Earns: 0
"""

import datetime

import great_expectations as gx
import great_expectations.expectations as gxe
from great_expectations.expectations.row_conditions import Column

NAME = "origin` == @data.to_csv('@CANARY@/written') == `origin"


def build_suite(week_start: datetime.date) -> gx.ExpectationSuite:
    rule = gxe.ExpectColumnValuesToNotBeNull(column="origin", row_condition=Column(NAME) == 1)
    return gx.ExpectationSuite(name="coded", expectations=[rule])
