"""Tests of a model that tells how likely a flight is to be late."""

import numpy as np
import pandas as pd

DELAYS = ["delay_origin_3h", "delay_city_3h", "delay_carrier_6h", "delay_dest_6h"]
CALM = {"precip_3h": 0.0, "visib": 10.0} | dict.fromkeys(DELAYS, 0.0)
STORM = {"precip_3h": 0.2, "visib": 2.0} | dict.fromkeys(DELAYS, 90.0)
SAME = 1e-5
FALL = 0.01


def risks(model, flights: pd.DataFrame) -> np.ndarray:
    return model.predict_proba(flights)[:, 1]


def _stack(model, variants: list[pd.DataFrame]) -> np.ndarray:
    """Ask once for variants of the same flights; a row of risks for each."""
    return risks(model, pd.concat(variants)).reshape(len(variants), -1)


def test_always_probabilities(model, flights: pd.DataFrame) -> None:
    gaps = {"precip_3h": np.nan, "visib": np.nan} | dict.fromkeys(DELAYS, np.nan)
    cases = [flights, flights.assign(**STORM), flights.assign(carrier="ZZ")]
    cases += [flights.assign(**{column: np.nan}) for column in gaps]
    answer = model.predict_proba(pd.concat([*cases, flights.assign(**gaps)]))
    assert np.isfinite(answer).all()
    assert (answer >= 0).all()
    assert (answer <= 1).all()


def test_calm_flights(model, flights: pd.DataFrame) -> None:
    calm = flights.assign(**CALM)
    unknown = calm.assign(**dict.fromkeys(DELAYS, np.nan))
    assert _stack(model, [calm, unknown]).max() <= 0.35


def test_storms(model, flights: pd.DataFrame) -> None:
    assert risks(model, flights.assign(**STORM)).min() >= 0.4


def test_spelling(model, flights: pd.DataFrame) -> None:
    spelled = [
        flights.assign(**{column: names})
        for column in ["carrier", "origin"]
        for names in (flights[column].str.lower(), flights[column] + " ")
    ]
    answers = _stack(model, [flights, *spelled])
    assert np.abs(answers - answers[0]).max() <= SAME


def test_order(model, flights: pd.DataFrame) -> None:
    before = risks(model, flights)
    shuffled = flights.sample(frac=1, random_state=0)
    assert np.abs(risks(model, shuffled) - before[shuffled.index]).max() <= SAME
    assert np.abs(risks(model, flights[flights.columns[::-1]]) - before).max() <= SAME
    assert np.abs(risks(model, flights[:20]) - before[:20]).max() <= SAME


def test_delays(model, flights: pd.DataFrame) -> None:
    """An hour more of one delay, and as much of it as was promised for."""
    known = flights.fillna(dict.fromkeys(DELAYS, 0.0))
    variants = [
        known.assign(**{column: minutes})
        for column in DELAYS
        for minutes in (0.0, 100.0, 200.0, 300.0, known[column] + 60)
    ]
    now, *answers = _stack(model, [known, *variants])
    for column, (*steps, hour) in zip(DELAYS, np.split(np.array(answers), 4), strict=True):
        assert np.diff(steps, axis=0).min() >= -FALL
        assert (hour - now).min() >= -FALL
        if column != "delay_dest_6h":
            assert (hour - now).mean() >= 0.005


def test_weather(model, flights: pd.DataFrame) -> None:
    cases = [("precip_3h", 0.0), ("precip_3h", 0.3), ("visib", 10.0), ("visib", 1.0)]
    dry, wet, clear, hazy = _stack(model, [flights.assign(**{c: v}) for c, v in cases])
    for good, bad in [(dry, wet), (clear, hazy)]:
        assert (bad - good).min() >= -FALL
        assert (bad - good).mean() > 0
