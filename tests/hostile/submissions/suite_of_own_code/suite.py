"""Suites: an expectation class of its own, whose code would run where it is validated.

Exercise: first_suite
Earns: 0
"""

import datetime
import os
from pathlib import Path

import great_expectations as gx
import great_expectations.expectations as gxe

OWN = os.getpid()


class ExpectColumnToExistForSure(gxe.ExpectColumnToExist):
    def _validate(self, *_, **__):
        if os.getpid() != OWN:
            Path("@CANARY@/validated").touch()
        return {"success": True, "result": {}}


def build_suite(week_start: datetime.date) -> gx.ExpectationSuite:
    rule = ExpectColumnToExistForSure(column="origin")
    return gx.ExpectationSuite(name="own", expectations=[rule])
