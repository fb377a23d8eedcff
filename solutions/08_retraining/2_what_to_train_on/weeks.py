"""Choose the weeks on which the next model is trained."""

import numpy as np
import pandas as pd
from desk import probability, train
from sklearn.linear_model import LogisticRegression

NEWEST = 5  # a change is at least so many weeks old
LIMIT = 0.21  # weeks that fit stay below 0.18, those that contradict begin at 0.25


def choose_weeks(history: pd.DataFrame) -> list[int]:
    """Choose the weeks that do not surprise a model of the newest ones."""
    weeks = dict(list(history.groupby("week")))
    newest = _sound(weeks, list(weeks)[-NEWEST:])
    model = _train(weeks, newest)
    older = [week for week in list(weeks)[:-NEWEST] if _surprise(model, weeks[week]) < LIMIT]
    return older + newest


def _sound(weeks: dict[int, pd.DataFrame], newest: list[int]) -> list[int]:
    """Leave out the week that surprises a model of the others most, while it surprises."""
    surprises = {
        week: _surprise(_train(weeks, [w for w in newest if w != week]), weeks[week])
        for week in newest
    }
    worst = max(surprises, key=surprises.get)
    if surprises[worst] < 2 * LIMIT:  # four weeks make a vague model
        return newest
    return [week for week in newest if week != worst]


def _surprise(model: LogisticRegression, flights: pd.DataFrame) -> float:
    """Return by how much the log loss is above what the model itself expects."""
    p = probability(model, flights).clip(1e-9, 1 - 1e-9)
    late = flights["late"].to_numpy()
    loss = -np.where(late, np.log(p), np.log(1 - p))
    expected = -p * np.log(p) - (1 - p) * np.log(1 - p)
    return float((loss - expected).mean())


def _train(weeks: dict[int, pd.DataFrame], chosen: list[int]) -> LogisticRegression:
    return train(pd.concat([weeks[week] for week in chosen]))
