"""Repairs all but the leak: the flight's own departure delay stands among the mean delays.

Fails: uses_what_is_known_in_time
Says: Leave out what is not known
"""

DELAYS = [
    "delay_origin_3h",
    "delay_city_3h",
    "delay_carrier_6h",
    "delay_dest_6h",
    "departure_delay",
]
