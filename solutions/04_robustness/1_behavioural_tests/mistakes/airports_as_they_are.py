"""Writes airlines in other ways, and airports never.

Fails: catches_a_matter_of_spelling
Says: the first point of promise 2
"""


def test_spelling(model, flights: pd.DataFrame) -> None:
    names = flights["carrier"]
    spelled = [flights.assign(carrier=n) for n in (names.str.lower(), names + " ")]
    answers = _stack(model, [flights, *spelled])
    assert np.abs(answers - answers[0]).max() <= SAME
