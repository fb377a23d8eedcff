"""Name the cause of a batch for which the alarm rang."""

import pandas as pd


class Triage:
    """Names the cause of one weekly batch after the other, in any order.

    Parameters
    ----------
    reference : DataFrame
        Thirteen calm weeks in a row: one row a flight, 2,000 a week, with the columns of the
        README, ``p`` and ``late`` among them. The column ``week`` tells the weeks apart.
    """

    def __init__(self, reference: pd.DataFrame) -> None:
        # TODO Task 1: keep what you will compare with.
        raise NotImplementedError("Task 1: learn from the reference")

    def name(self, batch: pd.DataFrame) -> str:
        """Name the cause of a batch.

        Parameters
        ----------
        batch : DataFrame
            One later week, with the columns of the reference; about 2,000 rows.

        Returns
        -------
        str
            "data incident", "covariate shift", "label shift", "concept drift" or "season".
        """
        # TODO Task 1: "data incident", or "season" where there is nothing to be done.
        # TODO Task 2: "covariate shift".
        # TODO Task 3: "label shift" and "concept drift".
        raise NotImplementedError("Task 1: name the cause of a batch")
