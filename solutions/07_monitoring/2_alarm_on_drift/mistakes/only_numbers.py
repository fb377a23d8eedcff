"""Watches the columns of numbers alone.

Fails: reports_another_name
Says: no week raised one
"""

CATEGORIES: list[str] = []
