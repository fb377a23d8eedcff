"""Takes the day as well whose labels arrive on the block's first day.

Fails: leaves_the_gap
Says: leave out the day whose labels arrive
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
            known = day <= block[0] - np.timedelta64(self.gap_days, "D")
            if not known.any():
                raise ValueError(f"No label is known on the morning of {block[0]}.")
            yield np.flatnonzero(known), np.flatnonzero(np.isin(day, block))
