"""Looks at the mean of all flights where each was promised.

Fails: catches_wrong_plain_cases
Says: Calm and Storm in promise 1
"""


def test_calm_flights(model, flights: pd.DataFrame) -> None:
    calm = flights.assign(**CALM)
    unknown = calm.assign(**dict.fromkeys(DELAYS, np.nan))
    assert _stack(model, [calm, unknown]).mean(axis=1).max() <= 0.35


def test_storms(model, flights: pd.DataFrame) -> None:
    assert risks(model, flights.assign(**STORM)).mean() >= 0.4
