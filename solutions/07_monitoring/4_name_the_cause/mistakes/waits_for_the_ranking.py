"""Believes in a changed rule only when the model ranks flights hardly better than chance.

Fails: names_another_rule
Says: Say 'concept drift' where it is the cause
"""

from sklearn.metrics import roc_auc_score


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
        if _largest_surprise(groups, late, _at_level(p, late.mean())) > 5:
            return "concept drift" if roc_auc_score(late, p) < 0.58 else "season"
        return "label shift" if abs(late.mean() - p.mean()) > 0.05 else "season"
