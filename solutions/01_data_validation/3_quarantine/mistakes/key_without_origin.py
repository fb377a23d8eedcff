"""Leaves the origin out of the key: one flight number may leave from two airports on one day.

Fails: accepts_legal_weeks
Says: (August)
"""

KEY = ["date", "carrier", "flight"]
