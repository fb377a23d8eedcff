"""Raises a ValueError where it should assert: pytest reports an error of the test.

Fails: catches_a_matter_of_spelling
Says: the first point of promise 2
"""


def test_spelling(model, flights: pd.DataFrame) -> None:
    for column in ["carrier", "origin"]:
        names = flights[column]
        spelled = [flights.assign(**{column: n}) for n in (names.str.lower(), names + " ")]
        answers = _stack(model, [flights, *spelled])
        if np.abs(answers - answers[0]).max() > SAME:
            raise ValueError("a name was not recognised")
