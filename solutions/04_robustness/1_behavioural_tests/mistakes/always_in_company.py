"""Shuffles the flights, and asks about all of them each time.

Fails: catches_a_matter_of_order
Says: the other points of promise 2
"""


def test_order(model, flights: pd.DataFrame) -> None:
    before = risks(model, flights)
    shuffled = flights.sample(frac=1, random_state=0)
    assert np.abs(risks(model, shuffled) - before[shuffled.index]).max() <= SAME
    assert np.abs(risks(model, flights[flights.columns[::-1]]) - before).max() <= SAME
