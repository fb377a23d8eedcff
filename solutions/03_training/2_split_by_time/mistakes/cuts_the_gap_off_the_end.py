"""Takes all days up to the block without the last ones; `[:-0]` takes none of them.

Fails: leaves_the_gap
Says: No label is known
"""


class SplitByTime:
    def split(
        self,
        X: pd.DataFrame,  # noqa: N803
        y: pd.Series | None = None,
        groups: pd.Series | None = None,
    ) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Yield the positions of training rows and of test rows, fold by fold, oldest first."""
        day = groups.dt.normalize().to_numpy()
        days = np.unique(day)
        if len(days) <= self.n_splits * self.test_days:
            raise ValueError(f"{len(days)} days are too few for {self.n_splits} folds.")
        tested = days[-self.n_splits * self.test_days :]
        for block in np.split(tested, self.n_splits):
            before = pd.date_range(day.min(), block[0], inclusive="left")[: -self.gap_days]
            known = np.isin(day, before.to_numpy())
            if not known.any():
                raise ValueError(f"No label is known on the morning of {block[0]}.")
            yield np.flatnonzero(known), np.flatnonzero(np.isin(day, block))
