"""Leaves out the departure delay, and takes the air time for a part of the plan.

Fails: uses_what_is_known_in_time
Says: Leave out what is not known
"""

PLAN = ["distance", "hour", "air_time"]
