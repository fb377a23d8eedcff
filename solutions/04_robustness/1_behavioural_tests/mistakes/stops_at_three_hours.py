"""Goes up by an hour three times: delays of five hours were promised for, too.

Fails: catches_wrong_ways_with_delays
Says: the first point of promise 3
"""


def test_delays(model, flights: pd.DataFrame) -> None:
    """An hour more of one delay, and as much of it as was promised for."""
    known = flights.fillna(dict.fromkeys(DELAYS, 0.0))
    for column in DELAYS:
        steps = [known.assign(**{column: minutes}) for minutes in (0.0, 60.0, 120.0, 180.0)]
        assert np.diff(_stack(model, steps), axis=0).min() >= -FALL
        now, hour = _stack(model, [known, known.assign(**{column: known[column] + 60})])
        assert (hour - now).min() >= -FALL
        if column != "delay_dest_6h":
            assert (hour - now).mean() >= 0.005
