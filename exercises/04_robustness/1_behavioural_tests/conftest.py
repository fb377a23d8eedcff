"""Gives `model` and `flights` to the tests when you run pytest here; the judge brings its own."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier

NAMES = {
    "carrier": "9E AA AS B6 DL EV F9 FL HA MQ OO UA US VX WN YV".split(),
    "origin": ["EWR", "JFK", "LGA"],
}
# More never lowers the risk (1), or never raises it (-1).
DIRECTIONS = {
    "distance": 0, "hour": 1, "precip_3h": 1, "visib": -1, "delay_origin_3h": 1,
    "delay_city_3h": 1, "delay_carrier_6h": 1, "delay_dest_6h": 1,
}  # fmt: skip
DELAYS = list(DIRECTIONS)[4:]


class SoundModel:
    def __init__(self, flights: pd.DataFrame) -> None:
        directions = [*DIRECTIONS.values(), *[0] * sum(map(len, NAMES.values()))]
        self._boosting = HistGradientBoostingClassifier(
            max_iter=40,
            max_leaf_nodes=7,
            min_samples_leaf=100,
            monotonic_cst=directions,
            random_state=0,
        ).fit(self._numbers(flights), flights["late"])

    def predict_proba(self, frame: pd.DataFrame) -> np.ndarray:
        for column in [*NAMES, *DIRECTIONS]:
            if column not in frame:
                raise ValueError(f"The model needs one column {column}.")
            if column in DIRECTIONS and not pd.api.types.is_numeric_dtype(frame[column]):
                raise ValueError(f"The column {column} must hold numbers.")
        if frame.empty:
            raise ValueError("The model needs at least one flight.")
        return self._boosting.predict_proba(self._numbers(frame))

    def _numbers(self, frame: pd.DataFrame) -> np.ndarray:
        calm = dict.fromkeys(DELAYS, 0.0) | {"precip_3h": 0.0, "visib": 10.0}
        numbers = [frame[list(DIRECTIONS)].fillna(calm).to_numpy("float64")]
        for column, names in NAMES.items():
            tidy = frame[column].str.strip().str.upper().to_numpy()
            numbers.append(tidy[:, None] == np.array(names, dtype=object))
        return np.hstack(numbers).astype("float64")


class BrokenModel(SoundModel):
    """Breaks one promise."""

    def __init__(self, flights: pd.DataFrame, broken: str) -> None:
        super().__init__(flights)
        self._broken = BREAKS[broken]

    def predict_proba(self, frame: pd.DataFrame) -> np.ndarray:
        risk = self._broken(frame, super().predict_proba(frame)[:, 1])
        return np.column_stack([1 - risk, risk])


BREAKS = {
    "storm": lambda frame, risk: risk.clip(max=0.25),  # promise 1
    "order": lambda frame, risk: np.roll(risk, 1),  # promise 2: the risk of the row before
    "rain": lambda frame, risk: np.where(frame["precip_3h"] > 0, risk / 2, risk),  # promise 3
}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--broken", choices=BREAKS, help="test a model that breaks a promise")


@pytest.fixture(scope="session")
def sample() -> pd.DataFrame:
    return pd.read_parquet(Path(__file__).parent / "flights.parquet")


@pytest.fixture(scope="session")
def model(sample: pd.DataFrame, request: pytest.FixtureRequest) -> SoundModel:
    broken = request.config.getoption("--broken")
    return BrokenModel(sample, broken) if broken else SoundModel(sample)


@pytest.fixture
def flights(sample: pd.DataFrame) -> pd.DataFrame:
    return sample.drop(columns="late").sample(200, random_state=0).reset_index(drop=True)
