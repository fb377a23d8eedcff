"""A table: what is done to the flights, and how the new risks must relate to the old."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

FIRST_THREE = ["delay_origin_3h", "delay_city_3h", "delay_carrier_6h"]
DELAYS = [*FIRST_THREE, "delay_dest_6h"]
Change = Callable[[pd.DataFrame], pd.DataFrame]


def put(**values: float | str) -> Change:
    return lambda flights: flights.assign(**values)


def delayed(column: str, minutes: float) -> Change:
    return lambda flights: flights.assign(**{column: flights[column].fillna(0.0) + minutes})


def spelled(column: str, spelling: Callable[[str], str]) -> Change:
    return lambda flights: flights.assign(**{column: flights[column].map(spelling)})


def risks(model, flights: pd.DataFrame) -> pd.Series:
    answer = model.predict_proba(flights)
    np.testing.assert_array_equal((answer >= 0) & (answer <= 1), np.ones((len(flights), 2), bool))
    return pd.Series(answer[:, 1], index=flights.index)


ANYTHING = {
    **{f"no {c}": put(**{c: np.nan}) for c in ["precip_3h", "visib", *DELAYS]},
    "a storm": put(precip_3h=0.5, visib=0.0, **dict.fromkeys(DELAYS, 200.0)),
    "a new airline": put(carrier="Q9"),
}
SAME = {
    "columns by name": lambda flights: flights[sorted(flights.columns)],
    "rows from behind": lambda flights: flights[::-1],
    "a few rows": lambda flights: flights.iloc[50:60],
    **{
        f"{column} {name}": spelled(column, spelling)
        for column in ["carrier", "origin"]
        for name, spelling in {"lower": str.lower, "padded": lambda text: f" {text} "}.items()
    },
}
WORSE = {
    **{f"{c} {m}": (put(**{c: m - 150}), put(**{c: m}), 0) for c in DELAYS for m in (150.0, 300.0)},
    **{f"{c} an hour more": (delayed(c, 0), delayed(c, 60), 0.005) for c in FIRST_THREE},
    "rain": (put(precip_3h=0.0), put(precip_3h=0.3), 0.003),
    "fog": (put(visib=10.0), put(visib=1.0), 0.003),
}


@pytest.mark.parametrize("change", ANYTHING.values(), ids=ANYTHING)
def test_minimum_functionality(model, flights: pd.DataFrame, change: Change) -> None:
    risks(model, change(flights))


def test_plain_cases(model, flights: pd.DataFrame) -> None:
    calm = put(precip_3h=0.0, visib=10.0)(flights)
    assert risks(model, put(**dict.fromkeys(DELAYS, 0.0))(calm)).max() <= 0.35
    assert risks(model, put(**dict.fromkeys(DELAYS, np.nan))(calm)).max() <= 0.35
    storm = put(precip_3h=0.2, visib=2.0, **dict.fromkeys(DELAYS, 90.0))
    assert risks(model, storm(flights)).min() >= 0.3


@pytest.mark.parametrize("change", SAME.values(), ids=SAME)
def test_invariance(model, flights: pd.DataFrame, change: Change) -> None:
    after = risks(model, change(flights))
    before = risks(model, flights)[after.index]
    pd.testing.assert_series_equal(after, before, rtol=0, atol=1e-5)


@pytest.mark.parametrize(("good", "bad", "rise"), WORSE.values(), ids=WORSE)
def test_directional_expectation(
    model, flights: pd.DataFrame, good: Change, bad: Change, rise: float
) -> None:
    moved = risks(model, bad(flights)) - risks(model, good(flights))
    assert moved.min() >= -0.01
    assert moved.mean() >= rise
