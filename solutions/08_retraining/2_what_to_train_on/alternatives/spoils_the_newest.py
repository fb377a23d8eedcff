"""Choose by what a week does to the newest ones: those that spoil their fit are left out."""

import numpy as np
import pandas as pd
from desk import probability, train

NEWEST = 5
LIMIT = 4.5  # of log loss in sum over the newest weeks: weeks that fit stay below 3


def choose_weeks(history: pd.DataFrame) -> list[int]:
    weeks = dict(list(history.groupby("week")))
    newest = list(weeks)[-NEWEST:]
    losses = pd.Series({w: _losses(_join(weeks, newest, w), weeks[w]).mean() for w in newest})
    if losses.max() > 1.6 * losses.median():
        newest.remove(losses.idxmax())
    now = _join(weeks, newest)
    alone = _losses(now, now).sum()
    older = list(weeks)[:-NEWEST]
    fit = [w for w in older if _losses(pd.concat([now, weeks[w]]), now).sum() - alone < LIMIT]
    return fit + newest


def _join(weeks: dict[int, pd.DataFrame], chosen: list[int], but: int = -1) -> pd.DataFrame:
    return pd.concat([weeks[week] for week in chosen if week != but])


def _losses(training: pd.DataFrame, flights: pd.DataFrame) -> np.ndarray:
    """Return the log loss of each flight, by a model from the training flights."""
    p = probability(train(training), flights).clip(1e-9, 1 - 1e-9)
    return -np.log(np.where(flights["late"], p, 1 - p))
