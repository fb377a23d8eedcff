"""Asserts that no answer is too small or too large: no comparison with nan is true.

Fails: catches_what_is_no_probability
Says: the first point of promise 1
"""


def test_always_probabilities(model, flights: pd.DataFrame) -> None:
    gaps = {"precip_3h": np.nan, "visib": np.nan} | dict.fromkeys(DELAYS, np.nan)
    cases = [flights, flights.assign(**STORM), flights.assign(carrier="ZZ")]
    cases += [flights.assign(**{column: np.nan}) for column in gaps]
    answer = model.predict_proba(pd.concat([*cases, flights.assign(**gaps)]))
    assert not (answer < 0).any()
    assert not (answer > 1).any()
