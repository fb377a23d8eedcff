"""Counts days that have rows to tell whether a label is known: wrong on a calendar with holes.

Fails: refuses_too_few_days
Says: don't count days
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
        if len(days) <= self.n_splits * self.test_days + self.gap_days:
            raise ValueError(f"{len(days)} days are too few for {self.n_splits} folds.")
        tested = days[-self.n_splits * self.test_days :]
        for block in np.split(tested, self.n_splits):
            known = day < block[0] - np.timedelta64(self.gap_days, "D")
            yield np.flatnonzero(known), np.flatnonzero(np.isin(day, block))
