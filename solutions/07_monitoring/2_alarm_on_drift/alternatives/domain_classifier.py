"""Ask a classifier whether it can tell this week's rows from those of the quiet weeks.

A decision tree sees schedule and gaps of both, all columns together. Its area under the ROC curve,
on rows it was not trained on, is 0.5 where nothing can be told; the weeks of the reference show
how far calm weeks get above that.
"""

from collections import deque
from collections.abc import Sequence

import numpy as np
import pandas as pd
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.tree import DecisionTreeClassifier

MEMORY = 8  # weeks
MARGIN = 1.5  # times the best that was reached on the reference
LEAST = 0.06  # a smaller area above 0.5 is of no consequence


class DriftMonitor:
    """Alarms when the rows of a week can be told from those of calm weeks."""

    def __init__(self, reference: pd.DataFrame) -> None:
        self._codes = {c: pd.Index(reference[c].dropna().unique()) for c in ("carrier", "origin")}
        weeks = [self._prepare(week) for _, week in reference.groupby("week")]
        calm = [_told_apart(weeks[i - MEMORY : i], weeks[i]) for i in range(MEMORY, len(weeks))]
        self._limit = max(LEAST, MARGIN * max(calm))
        self._quiet = deque(weeks, maxlen=MEMORY)

    def update(self, batch: pd.DataFrame) -> bool:
        """Tell whether this week's batch has drifted."""
        rows = self._prepare(batch)
        alarm = bool(_told_apart(self._quiet, rows) > self._limit)
        if not alarm:
            self._quiet.append(rows)
        return alarm

    def _prepare(self, batch: pd.DataFrame) -> pd.DataFrame:
        """Give numbers to names (-1 to new ones), and a column to the gaps of each column."""
        named = {c: index.get_indexer(batch[c]) for c, index in self._codes.items()}
        counted = batch[["distance", "hour"]].fillna(-1)
        return counted.assign(**named).join(batch.isna().add_prefix("no_"))


def _told_apart(before: Sequence[pd.DataFrame], now: pd.DataFrame) -> float:
    """Area under the curve above 0.5, with as many rows from before as there are now."""
    old = pd.concat(before).sample(len(now), random_state=0)
    is_new = np.repeat([False, True], len(now))
    tree = DecisionTreeClassifier(min_samples_leaf=100, max_leaf_nodes=12, random_state=0)
    folds = StratifiedKFold(2, shuffle=True, random_state=0)  # rows come in order of time
    rows = pd.concat([old, now]).to_numpy(float)
    score = cross_val_predict(tree, rows, is_new, cv=folds, method="predict_proba")[:, 1]
    return float(roc_auc_score(is_new, score)) - 0.5
