"""Knows the carriers and airports of the practice file, and asks no reference for them.

Fails: season_is_no_incident
Says: That is: season. You said: data incident
"""

AIRPORTS = ["EWR", "JFK", "LGA"]
CARRIERS = "9E AA AS B6 DL EV F9 FL HA MQ OO UA US VX WN YV".split()


class Triage:
    def __init__(self, reference: pd.DataFrame) -> None:
        self._columns = reference.columns.drop(["week", "p", "late"])
        weeks = [week for _, week in reference.groupby("week")]
        self._gaps = pd.DataFrame([week[self._columns].isna().mean() for week in weeks]).max()
        self._scale = _scale(reference)
        self._distances = reference["distance"].unique()
        self._names = {"carrier": pd.Index(CARRIERS), "origin": pd.Index(AIRPORTS)}
        deciles = np.arange(0.1, 1, 0.1)
        self._edges = {c: np.unique(reference[c].quantile(deciles)) for c in NUMBERS}
        self._shares = _shares(self._groups(reference))
