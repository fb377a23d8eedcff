"""Cuts off at three standard deviations of the rows it is given, new ones among themselves.

Fails: learns_from_each_delay
Says: Take limits and scales of delays from the training flights
"""


def _without_extremes(delays: pd.DataFrame) -> pd.DataFrame:
    """Cut delays off at three standard deviations: one stuck aircraft says little."""
    return delays.clip(-3 * delays.std(), 3 * delays.std(), axis=1)
