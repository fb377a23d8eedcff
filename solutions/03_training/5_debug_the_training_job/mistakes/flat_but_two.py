"""Spares the delays of the airports, and goes on to flatten the other two.

Fails: learns_from_each_delay
Says: reach the model with all its values
"""


def _without_extremes(delays: pd.DataFrame) -> pd.DataFrame:
    """Cut delays off at three standard deviations: one stuck aircraft says little."""
    few = ["delay_carrier_6h", "delay_dest_6h"]
    return delays.assign(**{name: delays[name].clip(-3, 3) for name in few})
