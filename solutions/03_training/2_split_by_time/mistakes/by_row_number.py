"""Cuts by the number of the row, as if rows were sorted by time.

Fails: works_in_any_order
Says: Go by each row's time
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
            raise ValueError("There are too few days.")
        place = {name: np.flatnonzero(day == name) for name in days}
        tested = days[-self.n_splits * self.test_days :]
        for block in np.split(tested, self.n_splits):
            known = days[days < block[0] - np.timedelta64(self.gap_days, "D")]
            if len(known) == 0:
                raise ValueError("No label is known before the first block.")
            tested_rows = np.concatenate([place[name] for name in block])
            yield (
                np.arange(place[known[-1]][-1] + 1),
                np.arange(tested_rows.min(), tested_rows.max() + 1),
            )
