"""Alarms when any of eleven tests has a p-value below 0.05.

With 2,000 rows a difference of no consequence is significant, and eleven tests a week find one.

Fails: stays_quiet_in_calm_weeks
Says: calm weeks raised an alarm
"""

from scipy.stats import chi2_contingency, ks_2samp


class DriftMonitor:
    def __init__(self, reference: pd.DataFrame) -> None:
        self._reference = reference.drop(columns="week")

    def update(self, batch: pd.DataFrame) -> bool:
        return any(_p_value(self._reference[c], batch[c]) < 0.05 for c in self._reference)


def _p_value(before: pd.Series, now: pd.Series) -> float:
    if before.name in CATEGORIES:
        counts = {"before": before.value_counts(), "now": now.value_counts()}
        return float(chi2_contingency(pd.DataFrame(counts).fillna(0)).pvalue)
    return float(ks_2samp(before.dropna(), now.dropna()).pvalue)
