"""Compares the share of late flights with that of the reference, not with the probabilities.

Fails: season_is_no_incident
Says: That is: season. You said: label shift
"""

import numpy as np
import pandas as pd
from scipy.optimize import brentq
from scipy.special import expit, logit

NAMES = ["carrier", "origin"]
NUMBERS = ["distance", "hour"]
DELAYS = ["delay_origin_3h", "delay_city_3h", "delay_carrier_6h", "delay_dest_6h"]
LOWEST = pd.Series({"distance": 80, "hour": 5, "temp": 0, "precip_3h": 0, "visib": 0})
HIGHEST = pd.Series({"distance": 5000, "hour": 23, "temp": 105, "precip_3h": 3, "visib": 10})


class Triage:
    """Names the cause of a batch.

    Parameters
    ----------
    reference
        Calm weeks, one row a flight, with the model's probability and the label.
    """

    def __init__(self, reference: pd.DataFrame) -> None:
        self._late = reference["late"].mean()
        self._columns = reference.columns.drop(["week", "p", "late"])
        weeks = [week for _, week in reference.groupby("week")]
        self._gaps = pd.DataFrame([week[self._columns].isna().mean() for week in weeks]).max()
        self._scale = _scale(reference)
        self._distances = reference["distance"].unique()
        self._names = {c: pd.Index(reference[c].unique()) for c in NAMES}
        deciles = np.arange(0.1, 1, 0.1)
        self._edges = {c: np.unique(reference[c].quantile(deciles)) for c in NUMBERS}
        self._shares = _shares(self._groups(reference))

    def name(self, batch: pd.DataFrame) -> str:
        """Return the cause of a batch: 'season' where there is none."""
        if self._is_written_wrongly(batch):
            return "data incident"
        groups = self._groups(batch)
        moved = (_shares(groups) - self._shares).abs().sum() / 2
        if moved.max() > 0.15:  # of the flights would have to be others
            return "covariate shift"
        late, p = batch["late"].to_numpy(float), batch["p"].to_numpy()
        if _largest_surprise(groups, late, _at_level(p, late.mean())) > 5:
            return "concept drift"
        return "label shift" if abs(late.mean() - self._late) > 0.03 else "season"

    def _is_written_wrongly(self, batch: pd.DataFrame) -> bool:
        """Look for impossible values, new names, gaps, another scale, and one value repeated."""
        values = batch[LOWEST.index]
        impossible = (values.min() < LOWEST) | (values.max() > HIGHEST)
        new = [batch.loc[~batch[c].isin(names), c].count() for c, names in self._names.items()]
        new_distances = (~batch["distance"].isin(self._distances)).mean()
        gaps = batch[self._columns].isna().mean() - self._gaps
        scale = np.abs(np.log(_scale(batch) / self._scale))
        repeated = [batch[c].value_counts().iloc[0] / len(batch) for c in ["temp", *DELAYS]]
        return bool(
            impossible.any()
            or max(new) > 0.03 * len(batch)
            or new_distances > 0.5
            or gaps.max() > 0.12
            or scale.max() > np.log(10)
            or max(repeated) > 0.3
        )

    def _groups(self, flights: pd.DataFrame) -> dict[str, np.ndarray]:
        """Number the groups of each column: its names, or tenths of the reference."""
        names = {c: names.get_indexer(flights[c]) + 1 for c, names in self._names.items()}
        return names | {c: np.searchsorted(edges, flights[c]) for c, edges in self._edges.items()}


def _shares(groups: dict[str, np.ndarray]) -> pd.DataFrame:
    """Share of the flights in each group, a row, of each column."""
    count = {c: np.bincount(group, minlength=25) for c, group in groups.items()}
    return pd.DataFrame(count) / len(groups["hour"])


def _scale(flights: pd.DataFrame) -> np.ndarray:
    """How far the middle half of each column of delays reaches; at least a second."""
    low, high = np.nanpercentile(flights[DELAYS], [25, 75], axis=0)
    return np.maximum(high - low, 1 / 60)


def _at_level(p: np.ndarray, share: float) -> np.ndarray:
    """Move the odds of all flights by one factor, so that their mean probability is the share."""
    score = logit(np.clip(p, 0.001, 0.999))
    return expit(score + brentq(lambda by: expit(score + by).mean() - share, -9, 9))


def _largest_surprise(groups: dict[str, np.ndarray], late: np.ndarray, p: np.ndarray) -> float:
    """How many standard errors the most surprising group lies off the others.

    A group of numbers is all that lies below a tenth: several tenths together show more.
    """
    surprises = []
    for column, group in groups.items():
        off, variance = np.bincount(group, late - p), np.bincount(group, p * (1 - p))
        if column in NUMBERS:
            off, variance = np.cumsum(off), np.cumsum(variance)
        others = 1 - variance / np.sum(p * (1 - p))  # off as much, the other way
        surprises.append(np.abs(off / np.sqrt(variance * others + 5)).max())
    return float(max(surprises))
