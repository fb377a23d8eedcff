"""Takes it for a changed rule when flights that came in another batch have other labels.

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
        gap = abs(batch["late"].mean() - batch["p"].mean())
        flights = pd.util.hash_pandas_object(batch.drop(columns="late"), index=False)
        now = pd.Series(batch["late"].to_numpy(), index=flights)
        now = now[~now.index.duplicated(keep=False)]
        earlier = self.__dict__.setdefault("_earlier", {}).setdefault(batch["week"].iloc[0], [])
        both = [(before, now.index.intersection(before.index)) for before in earlier]
        changed = [(now[rows] != before[rows]).mean() for before, rows in both]
        if changed and min(changed) > 0.01 and gap > 0.04:
            return "concept drift"
        if not changed and 0.04 < gap < 0.085:
            return "concept drift"
        earlier.append(now)
        return "label shift" if gap > (0.05 if changed else 0.085) else "season"
