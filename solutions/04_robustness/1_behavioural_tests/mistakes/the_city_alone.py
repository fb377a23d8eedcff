"""Knows one delay of four, and has no storm.

Fails: catches_wrong_ways_with_delays
Says: the first point of promise 3
"""


def test_delays(model, flights: pd.DataFrame) -> None:
    known = flights.fillna({"delay_city_3h": 0.0})
    levels = [0.0, 100.0, 200.0, 300.0, known["delay_city_3h"] + 60]
    variants = [known.assign(delay_city_3h=minutes) for minutes in levels]
    now, *steps, hour = _stack(model, [known, *variants])
    assert np.diff(steps, axis=0).min() >= -FALL
    assert (hour - now).mean() >= 0.005


del test_storms
