"""Cuts sorted rows into blocks of equally many rows, in the middle of days.

Fails: tests_the_last_days
Says: Keep days whole
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
        rows = np.argsort(groups.to_numpy(), kind="stable")
        for block in np.array_split(rows[len(rows) // 2 :], self.n_splits):
            known = day < day[block].min() - np.timedelta64(self.gap_days, "D")
            yield np.flatnonzero(known), block
