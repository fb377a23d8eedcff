"""Gives no range to the visibility.

Fails: catches_swapped_columns
Says: wind_dir and visib are swapped
"""

LARGEST = {
    "temp": 110,
    "wind_speed": 120,
    "wind_gust": 150,
    "precip": 4,
    "pressure": 1060,
    "unchanged_hours": 15,
}
