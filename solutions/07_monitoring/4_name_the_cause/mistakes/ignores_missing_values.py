"""Looks at the values that are there, and never counts those that are not.

Fails: names_lost_values
Says: (lost values)
"""


class Triage:
    def __init__(self, reference: pd.DataFrame) -> None:
        self._scale = _scale(reference)
        self._distances = reference["distance"].unique()
        self._names = {c: pd.Index(reference[c].unique()) for c in NAMES}
        deciles = np.arange(0.1, 1, 0.1)
        self._edges = {c: np.unique(reference[c].quantile(deciles)) for c in NUMBERS}
        self._shares = _shares(self._groups(reference))

    def _is_written_wrongly(self, batch: pd.DataFrame) -> bool:
        """Look for impossible values, new names, gaps, another scale, and one value repeated."""
        values = batch[LOWEST.index]
        impossible = (values.min() < LOWEST) | (values.max() > HIGHEST)
        new = [batch.loc[~batch[c].isin(names), c].count() for c, names in self._names.items()]
        new_distances = (~batch["distance"].isin(self._distances)).mean()
        scale = np.abs(np.log(_scale(batch) / self._scale))
        repeated = [batch[c].value_counts().iloc[0] / len(batch) for c in ["temp", *DELAYS]]
        return bool(
            impossible.any()
            or max(new) > 0.03 * len(batch)
            or new_distances > 0.5
            or scale.max() > np.log(10)
            or max(repeated) > 0.3
        )
