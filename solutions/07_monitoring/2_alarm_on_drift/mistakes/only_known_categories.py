"""Drops names that the reference did not have, and passes over those that no longer come.

Fails: reports_another_name
Says: no week raised one
"""


class DriftMonitor:
    def __init__(self, reference: pd.DataFrame) -> None:
        self._known = {c: reference[c].unique() for c in CATEGORIES}
        deciles = np.arange(0.1, 1, 0.1)
        self._edges = {c: np.unique(reference[c].quantile(deciles)) for c in NUMBERS}
        weeks = [week for _, week in reference.groupby("week")]
        counts = [self._count(week) for week in weeks]
        moves = [_move(counts[:i] + counts[i + 1 :], week) for i, week in enumerate(counts)]
        self._largest_move = MARGIN * max(moves)
        self._largest_gaps = GAPS + pd.DataFrame([week.isna().mean() for week in weeks]).max()
        self._quiet = deque(counts, maxlen=MEMORY)

    def _count(self, batch: pd.DataFrame) -> dict[str, Counter]:
        """Count the rows in each category and in each bin; missing values are in none."""
        values = {c: batch[c][batch[c].isin(self._known[c])] for c in CATEGORIES}
        for c in NUMBERS:
            values[c] = pd.Series(np.searchsorted(self._edges[c], batch[c].dropna()))
        return {c: Counter(v.value_counts().to_dict()) for c, v in values.items()}


def _psi(before: Counter, now: Counter) -> float:
    """Population stability index over the bins that both sides have."""
    bins = before.keys() & now.keys()
    p, q = (np.array([counts[b] + 0.5 for b in bins]) for counts in (before, now))
    p, q = p / p.sum(), q / q.sum()
    return float(np.sum((q - p) * np.log(q / p)))
