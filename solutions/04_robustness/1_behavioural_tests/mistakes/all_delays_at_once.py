"""Raises the four delays together, and has no storm: nobody sees that one has no effect.

Fails: catches_wrong_ways_with_delays
Says: the first point of promise 3
"""


def test_delays(model, flights: pd.DataFrame) -> None:
    """An hour more of one delay, and as much of it as was promised for."""
    known = flights.fillna(dict.fromkeys(DELAYS, 0.0))
    steps = [known.assign(**known[DELAYS] + more) for more in (0, 60, 120, 180)]
    answers = _stack(model, steps)
    assert np.diff(answers, axis=0).min() >= -FALL
    assert (answers[1] - answers[0]).mean() >= 0.005


del test_storms
