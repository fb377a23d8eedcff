"""Takes ten hours without change for a stuck sensor.

Fails: accepts_clean_weeks
Says: expect_column_max_to_be_between(unchanged_hours)
"""

LARGEST = {
    "temp": 110,
    "wind_speed": 120,
    "wind_gust": 150,
    "precip": 4,
    "pressure": 1060,
    "visib": 10,
    "unchanged_hours": 10,
}
