"""Calls it a data incident when carriers, airports, hours or distances move.

Fails: names_wrong_values
Says: Say 'data incident' only where it is the cause
"""


class Triage:
    def name(self, batch: pd.DataFrame) -> str:
        """Return the cause of a batch: 'season' where there is none."""
        if self._is_written_wrongly(batch):
            return "data incident"
        groups = self._groups(batch)
        moved = (_shares(groups) - self._shares).abs().sum() / 2
        if moved.max() > 0.15:  # of the flights would have to be others
            return "data incident"
        late, p = batch["late"].to_numpy(float), batch["p"].to_numpy()
        if _largest_surprise(groups, late, _at_level(p, late.mean())) > 5:
            return "concept drift"
        return "label shift" if abs(late.mean() - p.mean()) > 0.05 else "season"
