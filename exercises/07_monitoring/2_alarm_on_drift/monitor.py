"""Raise an alarm in the weeks whose flights are not like those of calm weeks."""

import pandas as pd


class DriftMonitor:
    """Sees one batch of flights a week and tells whether it has drifted.

    Parameters
    ----------
    reference : DataFrame
        Thirteen calm weeks, those before the first batch: one row a flight, 2,000 a week,
        with the columns of the README. The column ``week`` tells the weeks apart.
    """

    def __init__(self, reference: pd.DataFrame) -> None:
        # TODO Task 1: measure how far calm weeks move, and keep what you compare with.
        raise NotImplementedError("Task 1: learn from the reference")

    def update(self, batch: pd.DataFrame) -> bool:
        """Tell whether this week's batch has drifted.

        Parameters
        ----------
        batch : DataFrame
            The next week, with the columns of the reference; about 2,000 rows.

        Returns
        -------
        bool
            True for an alarm: this batch is not like those of calm weeks.
        """
        # TODO Task 2: compare the batch with calm weeks.
        # TODO Task 3: choose the weeks that the next batch is compared with.
        raise NotImplementedError("Task 2: judge a batch")
