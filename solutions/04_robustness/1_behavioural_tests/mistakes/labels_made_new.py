"""Gives the shuffled rows new labels, so that label and place are the same again.

Fails: catches_a_matter_of_order
Says: the other points of promise 2
"""


def _stack(model, variants: list[pd.DataFrame]) -> np.ndarray:
    """Ask once for variants of the same flights; a row of risks for each."""
    return risks(model, pd.concat(variants, ignore_index=True)).reshape(len(variants), -1)


def test_order(model, flights: pd.DataFrame) -> None:
    before = risks(model, flights)
    shuffled = flights.sample(frac=1, random_state=0)
    assert (
        np.abs(risks(model, shuffled.reset_index(drop=True)) - before[shuffled.index]).max() <= SAME
    )
    assert np.abs(risks(model, flights[flights.columns[::-1]]) - before).max() <= SAME
    assert np.abs(risks(model, flights[:20]) - before[:20]).max() <= SAME
