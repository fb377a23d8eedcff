"""Calm flights have delays of 0 only: nobody asks what no report of delays does.

Fails: catches_wrong_plain_cases
Says: Calm and Storm in promise 1
"""


def test_calm_flights(model, flights: pd.DataFrame) -> None:
    calm = flights.assign(**CALM)
    assert risks(model, calm).max() <= 0.35
