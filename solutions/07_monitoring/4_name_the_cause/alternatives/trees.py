"""Ask two decision trees: one tells this week's flights from past ones, one explains surprises.

Wrong values are found by quantiles. Where a tree can tell this week's timetable from that of the
reference, the mix is another one. Where a tree that was fitted to what surprised the model in one
half of the batch foretells the surprises of the other half, a rule has changed.
"""

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

DELAYS = ["delay_origin_3h", "delay_city_3h", "delay_carrier_6h", "delay_dest_6h"]
TENTHS = np.arange(0.1, 1, 0.1)


class Triage:
    """Names the cause of a batch."""

    def __init__(self, reference: pd.DataFrame) -> None:
        self._names = {c: reference[c].unique() for c in ("carrier", "origin")}
        self._distances = reference["distance"].unique()
        self._gaps = reference.isna().mean()
        self._reach = _reach(reference)
        self._past = self._prepare(reference.sample(2000, random_state=0))

    def name(self, batch: pd.DataFrame) -> str:
        """Return the cause of a batch: 'season' where there is none."""
        if self._has_wrong_values(batch):
            return "data incident"
        rows = self._prepare(batch)
        if _told_apart(self._past, rows) > 0.59:
            return "covariate shift"
        late, p = batch["late"].to_numpy(float), batch["p"].to_numpy()
        odds = np.log(p / (1 - p)).reshape(-1, 1)
        level = LogisticRegression(C=np.inf).fit(odds, late).predict_proba(odds)[:, 1]
        if _foretold(rows, (late - level) / np.sqrt(level * (1 - level) + 0.02)) > 0.095:
            return "concept drift"
        return "label shift" if abs(late.mean() - p.mean()) > 0.05 else "season"

    def _has_wrong_values(self, batch: pd.DataFrame) -> bool:
        values = batch[["hour", "temp", "visib", "precip_3h"]]
        known = [batch[c].dropna().isin(names).mean() for c, names in self._names.items()]
        return bool(
            (values.quantile(0.01) < [5, 0, 0, 0]).any()
            or (values.quantile(0.99) > [23, 105, 10, 3]).any()
            or batch["distance"].dropna().isin(self._distances).mean() < 0.5
            or min(known) < 0.97
            or not (_reach(batch) / self._reach).between(0.1, 10).all()
            or (batch.isna().mean() - self._gaps).max() > 0.15
            or batch[["temp", *DELAYS]].quantile(TENTHS).nunique().min() < 7
        )

    def _prepare(self, batch: pd.DataFrame) -> np.ndarray:
        """Give each name a column of zeros and ones."""
        named = [np.equal.outer(batch[c].to_numpy(), names) for c, names in self._names.items()]
        return np.hstack([*named, batch[["distance", "hour"]]]).astype(float)


def _reach(flights: pd.DataFrame) -> pd.Series:
    return flights[DELAYS].quantile(0.9) - flights[DELAYS].quantile(0.1)


def _told_apart(before: np.ndarray, now: np.ndarray) -> float:
    """Area under the ROC curve of a tree on rows that it was not fitted to."""
    rows, new = np.vstack([before, now]), np.repeat([False, True], [len(before), len(now)])
    tree = DecisionTreeClassifier(max_depth=4, min_samples_leaf=50, random_state=0)
    tree.fit(rows[::2], new[::2])
    return float(roc_auc_score(new[1::2], tree.predict_proba(rows[1::2])[:, 1]))


def _foretold(rows: np.ndarray, surprise: np.ndarray) -> float:
    """Correlation of surprises with those that a tree expects, over both halves of the batch."""
    expected = np.empty(len(rows))
    for half in (slice(0, None, 2), slice(1, None, 2)):
        other = slice(1 - half.start, None, 2)
        tree = DecisionTreeRegressor(max_depth=2, min_samples_leaf=80, random_state=0)
        expected[half] = tree.fit(rows[other], surprise[other]).predict(rows[half])
    return float(np.mean(expected * surprise) / (surprise.std() * expected.std() + 1e-9))
