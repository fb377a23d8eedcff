"""Estimate what a week's decisions cost before its labels arrive."""

import numpy as np
import pandas as pd


class CostEstimator:
    """Estimates the cost of one week after the other, and learns from labels as they arrive.

    Parameters
    ----------
    reference : DataFrame
        Thirteen calm weeks of 1,000 flights, one row a flight: ``week`` (int), ``day`` (int,
        counts on from week to week), ``origin``, ``hour``, ``distance``, ``delay_city_3h``,
        ``p`` (float, the model's probability of being late) and ``late`` (bool).
    """

    def __init__(self, reference: pd.DataFrame) -> None:
        # TODO Task 1: learn what flights cost, and how far a week strays from that.
        raise NotImplementedError("Task 1: learn from the reference")

    def estimate(self, batch: pd.DataFrame) -> dict:
        """Estimate the cost of a week whose labels have not arrived.

        Parameters
        ----------
        batch : DataFrame
            The next week, with the columns of the reference but ``late``.

        Returns
        -------
        dict
            ``cost`` (float, mean cost per 1,000 flights that is to be expected), ``low`` and
            ``high`` (floats, 90 % interval of what this week will cost), and ``trusted`` (bool,
            False if the labels that are there contradict the estimates).
        """
        # TODO Task 2: cost and interval of this week's flights.
        raise NotImplementedError("Task 2: estimate a week")

    def learn(self, week: int, late: np.ndarray) -> None:
        """Take the labels of a week that was estimated before.

        Parameters
        ----------
        week : int
            The week, as it stands in its batch.
        late : ndarray of bool, shape (flights,)
            A label for each flight, in the order of the week's batch.
        """
        # TODO Task 3: compare with what was estimated; after a change, start anew.
        raise NotImplementedError("Task 3: learn from late labels")
