"""Suites: an object that calls itself a suite, whose JSON no reader has thought of.

Exercise: first_suite
Earns: 0
"""

import datetime


class ExpectationSuite:
    def to_json_dict(self):
        return {"name": [], "expectations": [{"type": ["expect_column_to_exist"], "kwargs": {}}]}


def build_suite(week_start: datetime.date) -> ExpectationSuite:
    return ExpectationSuite()
