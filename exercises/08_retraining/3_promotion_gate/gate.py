"""Decide whether a challenger replaces the champion, and whether it may stay."""

import pandas as pd


class PromotionGate:
    """Judges one challenger after the other against the same champion.

    Parameters
    ----------
    tries : int
        How many challengers this gate will be asked about, 1 or more. `decide` is called at most
        so many times.
    """

    def __init__(self, tries: int) -> None:
        # TODO Task 1: keep what the decisions need.
        raise NotImplementedError("Task 1: make a gate")

    def decide(self, flights: pd.DataFrame) -> dict[str, str | float | None]:
        """Decide about one challenger.

        Parameters
        ----------
        flights : DataFrame
            Labelled flights, one a row, in any order: ``date`` (Timestamp), ``late`` (bool),
            ``champion`` and ``challenger`` (probabilities of being late), and ``in_training``
            (bool): the challenger was trained on this flight.

        Returns
        -------
        dict
            ``verdict`` ("promote", "refuse" or "wait"), ``saving``, ``low`` and ``high``: what the
            challenger saves per 1,000 flights that it was not trained on, and the ends of the
            interval. With fewer than ten days of such flights, the numbers may be None.
        """
        # TODO Task 1: the saving and its interval.
        # TODO Task 2: the verdict, when there are many tries.
        raise NotImplementedError("Task 1: measure the saving")

    def review(self, flights: pd.DataFrame) -> bool:
        """Decide, after a promotion, whether the former champion must come back.

        Parameters
        ----------
        flights : DataFrame
            The flights of one more week in service, with the columns of `decide`:
            ``champion`` is the former champion, ``challenger`` the model that was promoted.

        Returns
        -------
        bool
            True to roll back.
        """
        # TODO Task 3: watch what was promoted.
        raise NotImplementedError("Task 3: review a promotion")
