"""Takes any group that is off for a changed rule, also where all groups are off alike.

Fails: names_another_level
Says: That is: label shift. You said: concept drift
"""


class Triage:
    def name(self, batch: pd.DataFrame) -> str:
        """Return the cause of a batch: 'season' where there is none."""
        if self._is_written_wrongly(batch):
            return "data incident"
        groups = self._groups(batch)
        moved = (_shares(groups) - self._shares).abs().sum() / 2
        if moved.max() > 0.15:  # of the flights would have to be others
            return "covariate shift"
        late, p = batch["late"].to_numpy(float), batch["p"].to_numpy()
        if _largest_surprise(groups, late, p) > 5:
            return "concept drift"
        return "label shift" if abs(late.mean() - p.mean()) > 0.05 else "season"


def _largest_surprise(groups: dict[str, np.ndarray], late: np.ndarray, p: np.ndarray) -> float:
    """How many standard errors the most surprising group lies off its probabilities.

    A group of numbers is all that lies below a tenth: several tenths together show more.
    """
    surprises = []
    for column, group in groups.items():
        off, variance = np.bincount(group, late - p), np.bincount(group, p * (1 - p))
        if column in NUMBERS:
            off, variance = np.cumsum(off), np.cumsum(variance)
        surprises.append(np.abs(off / np.sqrt(variance + 5)).max())
    return float(max(surprises))
