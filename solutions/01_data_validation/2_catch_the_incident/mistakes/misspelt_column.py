"""A column is misspelt: the expectation ends with an error, which counts as not met.

Fails: accepts_clean_weeks
Says: Correct the expectation that cannot be run
"""

LARGEST = {
    "temp": 110,
    "wind_speed": 120,
    "wind_gust": 150,
    "precip": 4,
    "pressure": 1060,
    "visibility": 10,
    "unchanged_hours": 15,
}
