"""Names another mix of flights only when the model is wrong about it.

Fails: names_another_mix
Says: Say 'covariate shift' where it is the cause
"""


class Triage:
    def name(self, batch: pd.DataFrame) -> str:
        """Return the cause of a batch: 'season' where there is none."""
        if self._is_written_wrongly(batch):
            return "data incident"
        groups = self._groups(batch)
        moved = (_shares(groups) - self._shares).abs().sum() / 2
        late, p = batch["late"].to_numpy(float), batch["p"].to_numpy()
        if moved.max() > 0.15 and abs(late.mean() - p.mean()) > 0.05:
            return "covariate shift"
        if _largest_surprise(groups, late, _at_level(p, late.mean())) > 5:
            return "concept drift"
        return "label shift" if abs(late.mean() - p.mean()) > 0.05 else "season"
