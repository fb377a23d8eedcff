"""Choose by a score test: a week may not pull the coefficients further than chance does."""

import numpy as np
import pandas as pd
from desk import FEATURES, probability, train
from scipy.stats import chi2
from sklearn.linear_model import LogisticRegression

NEWEST = 5
LIMIT = chi2.isf(1e-5, len(FEATURES) + 1)


def choose_weeks(history: pd.DataFrame) -> list[int]:
    weeks = dict(list(history.groupby("week")))
    newest = list(weeks)[-NEWEST:]
    among = {week: _pulls(weeks, [w for w in newest if w != week], [week])[0] for week in newest}
    worst = max(among, key=among.get)
    if among[worst] > 2 * LIMIT:
        newest.remove(worst)
    older = list(weeks)[:-NEWEST]
    pulls = _pulls(weeks, newest, older)
    return [week for week, pull in zip(older, pulls, strict=True) if pull < LIMIT] + newest


def _pulls(weeks: dict[int, pd.DataFrame], known: list[int], asked: list[int]) -> list[float]:
    """Return the statistic of each week: about chi-squared, a degree for each coefficient."""
    flights = pd.concat([weeks[week] for week in known])
    model = train(flights)
    _, there = _score(model, flights)
    pulls = []
    for week in asked:
        gradient, here = _score(model, weeks[week])
        spread = here + here @ np.linalg.solve(there, here)
        pulls.append(float(gradient @ np.linalg.solve(spread, gradient)))
    return pulls


def _score(model: LogisticRegression, flights: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return the gradient of the log likelihood, and the information."""
    rows = np.column_stack([np.ones(len(flights)), flights[FEATURES].to_numpy()])
    p = probability(model, flights)
    weight = p * (1 - p)
    information = (rows * weight[:, None]).T @ rows + 1e-3 * np.eye(rows.shape[1])
    return rows.T @ (flights["late"].to_numpy() - p), information
