"""The time of departure in place of the day: a corrected one makes a new key.

Fails: refuses_repeated_flights
Says: a few flights sent again, corrected
"""

KEY = ["scheduled_departure", "carrier", "flight", "origin"]
