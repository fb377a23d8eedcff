"""The flights world: 52 weekly batches of real flights, and what was known when.

Calendar and cache status are here and import nothing heavy. The table itself needs
pandas: ``from workbench.flights.table import Flights, open_flights``.
"""

from workbench.flights.cache import CacheStatus, status, verify
from workbench.flights.calendar import (
    LIVE_WEEKS,
    TRAINING_WEEKS,
    WEEKS,
    labels_known_at,
    week_of,
    week_start,
)
from workbench.flights.errors import FlightsError

__all__ = [
    "LIVE_WEEKS",
    "TRAINING_WEEKS",
    "WEEKS",
    "CacheStatus",
    "FlightsError",
    "labels_known_at",
    "status",
    "verify",
    "week_of",
    "week_start",
]
