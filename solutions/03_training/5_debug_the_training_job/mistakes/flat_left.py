"""Repairs all but the limits: three minutes in place of three standard deviations.

Fails: learns_from_each_delay
Says: reach the model with all its values
"""


def _without_extremes(delays: pd.DataFrame) -> pd.DataFrame:
    """Cut delays off at three standard deviations: one stuck aircraft says little."""
    return delays.clip(-3, 3)
