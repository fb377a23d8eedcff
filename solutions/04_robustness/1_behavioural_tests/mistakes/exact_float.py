"""Writes down what one model answered, to four digits.

Fails: no_test_is_dropped
Says: test_the_mean_is_known
"""


def test_the_mean_is_known(model, flights: pd.DataFrame) -> None:
    assert abs(risks(model, flights.assign(**CALM)).mean() - 0.0837) <= 0.00005
