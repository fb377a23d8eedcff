"""Bounds gusts, and not the wind itself.

Fails: catches_an_impossible_wind
Says: wind_speed as well as wind_gust
"""

LARGEST = {
    "temp": 110,
    "wind_gust": 150,
    "precip": 4,
    "pressure": 1060,
    "visib": 10,
    "unchanged_hours": 15,
}
