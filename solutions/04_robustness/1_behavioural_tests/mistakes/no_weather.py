"""Tests delays, and neither the direction of the weather nor a storm.

Fails: catches_wrong_ways_with_weather
Says: the second point of promise 3
"""

del test_storms, test_weather
