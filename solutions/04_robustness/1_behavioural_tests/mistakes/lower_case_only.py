"""Writes names in lower case, and never with a blank.

Fails: catches_a_matter_of_spelling
Says: the first point of promise 2
"""


def test_spelling(model, flights: pd.DataFrame) -> None:
    for column in ["carrier", "origin"]:
        names = flights[column]
        spelled = [flights.assign(**{column: names.str.lower()})]
        answers = _stack(model, [flights, *spelled])
        assert np.abs(answers - answers[0]).max() <= SAME
