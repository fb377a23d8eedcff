"""Measures every slice, however few flights it has.

Fails: measures_every_slice
Says: Leave out slices with fewer than
"""

LEAST = 20  # flights in a slice
