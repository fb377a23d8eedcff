"""Asks about the airlines of the week only.

Fails: catches_what_is_no_probability
Says: 1 passed all your tests
"""


def test_always_probabilities(model, flights: pd.DataFrame) -> None:
    gaps = {"precip_3h": np.nan, "visib": np.nan} | dict.fromkeys(DELAYS, np.nan)
    cases = [flights, flights.assign(**STORM)]
    cases += [flights.assign(**{column: np.nan}) for column in gaps]
    answer = model.predict_proba(pd.concat([*cases, flights.assign(**gaps)]))
    assert np.isfinite(answer).all()
    assert (answer >= 0).all()
    assert (answer <= 1).all()
