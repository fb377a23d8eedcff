"""Compares the share of late flights with that of the reference, not with the probabilities.

Fails: season_is_no_incident
Says: That is: season. You said: label shift
"""


class Triage:
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
