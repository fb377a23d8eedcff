"""Decide each Monday whether the model in service is to be trained anew."""

import pandas as pd


class RetrainPolicy:
    """Lives through one season and weighs what a new model saves against its price.

    Parameters
    ----------
    price : int
        What one retraining costs, in the unit of the log's costs.
    last_week : int
        The last week of the season.
    """

    def __init__(self, price: int, last_week: int) -> None:
        # TODO Task 1: keep what each Monday needs.
        raise NotImplementedError("Task 1: begin a season")

    def decide(self, week: int, log: pd.DataFrame) -> bool:
        """Decide on a Monday, before the week's flights.

        Parameters
        ----------
        week : int
            The week that begins, 14 to ``last_week``.
        log : DataFrame
            One row for each week from 1 to ``week - 1``, in order: ``week`` and ``since`` (int),
            ``drift``, ``expected`` and ``observed`` (float). ``observed`` is missing until the
            labels of that week have arrived.

        Returns
        -------
        bool
            True to retrain now: the new model serves from this week on.
        """
        # TODO Task 2: estimate what the model in service loses each week.
        # TODO Task 3: weigh that against the price.
        raise NotImplementedError("Task 2: estimate the loss")
