"""Asks that the weather makes a difference, whichever way.

Fails: catches_wrong_ways_with_weather
Says: the second point of promise 3
"""


def test_weather(model, flights: pd.DataFrame) -> None:
    for column, good, bad in [("precip_3h", 0.0, 0.3), ("visib", 10.0, 1.0)]:
        before, after = _stack(model, [flights.assign(**{column: v}) for v in (good, bad)])
        assert np.abs(after - before).mean() > 0


del test_storms
