"""Tests of a model that tells how likely a flight is to be late.

`model` and `flights` are given: pytest passes them to each test that names them.
"""

import numpy as np
import pandas as pd


def risks(model, flights: pd.DataFrame) -> np.ndarray:
    """Ask a model for its risks.

    Parameters
    ----------
    model
        Has ``predict_proba``, as scikit-learn's classifiers do.
    flights : DataFrame
        One row a flight, with the columns of the README.

    Returns
    -------
    ndarray, shape (flights,)
        The probability of being late, in the order of the rows.
    """
    return model.predict_proba(flights)[:, 1]


def test_always_probabilities(model, flights: pd.DataFrame) -> None:
    """Minimum functionality: a probability, whatever is missing."""
    # TODO Task 1: build the flights that a real week does not hold.
    raise NotImplementedError("Task 1: test_always_probabilities")


def test_calm_flights(model, flights: pd.DataFrame) -> None:
    """Minimum functionality: a calm flight is a small risk."""
    # TODO Task 1: both kinds of calm.
    raise NotImplementedError("Task 1: test_calm_flights")


def test_storms(model, flights: pd.DataFrame) -> None:
    """Minimum functionality: a flight in a storm is a large risk."""
    # TODO Task 1: build the storm.
    raise NotImplementedError("Task 1: test_storms")


def test_spelling(model, flights: pd.DataFrame) -> None:
    """Invariance: names may be written in other ways."""
    # TODO Task 2: compare flight by flight.
    raise NotImplementedError("Task 2: test_spelling")


def test_order(model, flights: pd.DataFrame) -> None:
    """Invariance: rows, columns and company do not matter."""
    # TODO Task 2: find each flight's answer again.
    raise NotImplementedError("Task 2: test_order")


def test_delays(model, flights: pd.DataFrame) -> None:
    """Directional expectation: more delay is more risk."""
    # TODO Task 3: one delay at a time.
    raise NotImplementedError("Task 3: test_delays")


def test_weather(model, flights: pd.DataFrame) -> None:
    """Directional expectation: worse weather is more risk."""
    # TODO Task 3: rain, and then sight.
    raise NotImplementedError("Task 3: test_weather")
