"""Compares the log loss of each week with that of the newest ones, however hard its flights are.

Fails: keeps_weeks_whose_inputs_moved
Says: hard flights have a high one
"""

from sklearn.metrics import log_loss

TIMES = 2  # the log loss of the newest weeks


def choose_weeks(history: pd.DataFrame) -> list[int]:
    """Choose the weeks on which a model of the newest ones is not much worse than on those."""
    weeks = dict(list(history.groupby("week")))
    newest = _sound(weeks, list(weeks)[-NEWEST:])
    model = _train(weeks, newest)
    usual = _loss(model, pd.concat([weeks[week] for week in newest]))
    older = [w for w in list(weeks)[:-NEWEST] if _loss(model, weeks[w]) < TIMES * usual]
    return older + newest


def _sound(weeks: dict[int, pd.DataFrame], newest: list[int]) -> list[int]:
    """Leave out the week on which a model of the others is worst, if it is far worse."""
    losses = pd.Series(
        {
            week: _loss(_train(weeks, [w for w in newest if w != week]), weeks[week])
            for week in newest
        }
    )
    if losses.max() < TIMES * losses.median():
        return newest
    return [week for week in newest if week != losses.idxmax()]


def _loss(model: LogisticRegression, flights: pd.DataFrame) -> float:
    return float(log_loss(flights["late"], probability(model, flights), labels=[False, True]))
