"""Watches the columns of text alone.

Fails: reports_another_unit
Says: no week raised one
"""

NUMBERS: list[str] = []
