"""Asks how far the whole batch is off first: one bad group moves that, too.

Fails: names_another_level
Says: Say 'label shift' only where it is the cause
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
        if abs(late.mean() - p.mean()) > 0.035:
            return "label shift"
        surprise = _largest_surprise(groups, late, _at_level(p, late.mean()))
        return "concept drift" if surprise > 5 else "season"
