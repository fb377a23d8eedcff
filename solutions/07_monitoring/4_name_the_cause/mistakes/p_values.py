"""Takes any mix for another one that a test can tell from the reference: with 2,000 rows, all.

Fails: season_is_no_incident
Says: Say 'season' where it is the cause
"""

from scipy.stats import chi2_contingency, ks_2samp


class Triage:
    def __init__(self, reference: pd.DataFrame) -> None:
        self._reference = reference
        self._columns = reference.columns.drop(["week", "p", "late"])
        weeks = [week for _, week in reference.groupby("week")]
        self._gaps = pd.DataFrame([week[self._columns].isna().mean() for week in weeks]).max()
        self._scale = _scale(reference)
        self._distances = reference["distance"].unique()
        self._names = {c: pd.Index(reference[c].unique()) for c in NAMES}
        deciles = np.arange(0.1, 1, 0.1)
        self._edges = {c: np.unique(reference[c].quantile(deciles)) for c in NUMBERS}
        self._past = self._groups(reference)

    def name(self, batch: pd.DataFrame) -> str:
        """Return the cause of a batch: 'season' where there is none."""
        if self._is_written_wrongly(batch):
            return "data incident"
        groups = self._groups(batch)
        tests = [ks_2samp(batch[c], self._reference[c]).pvalue for c in NUMBERS]
        counts = [np.bincount(g["carrier"], minlength=25) for g in (groups, self._past)]
        tests.append(chi2_contingency(np.array(counts) + 1).pvalue)
        if min(tests) < 0.01:
            return "covariate shift"
        late, p = batch["late"].to_numpy(float), batch["p"].to_numpy()
        if _largest_surprise(groups, late, _at_level(p, late.mean())) > 5:
            return "concept drift"
        return "label shift" if abs(late.mean() - p.mean()) > 0.05 else "season"
