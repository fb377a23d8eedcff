"""Demands two things that no model was asked for.

Fails: sound_models_pass
Says: Repair the tests that fail on sound models first
"""


def test_distance_is_no_matter(model, flights: pd.DataFrame) -> None:
    nearer = flights.assign(distance=flights["distance"] / 2)
    assert np.abs(risks(model, nearer) - risks(model, flights)).max() <= SAME


def test_every_minute_counts(model, flights: pd.DataFrame) -> None:
    later = flights.assign(delay_dest_6h=flights["delay_dest_6h"] + 1)
    assert (risks(model, later) > risks(model, flights)).all()
