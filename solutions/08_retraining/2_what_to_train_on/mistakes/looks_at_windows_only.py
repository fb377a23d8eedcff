"""Smooths over three weeks, so that one broken week does not show.

Fails: leaves_out_broken_weeks
Says: not in windows of several
"""


def choose_weeks(history: pd.DataFrame) -> list[int]:
    """Choose the weeks that do not surprise a model of the newest ones."""
    weeks = dict(list(history.groupby("week")))
    newest = _sound(weeks, list(weeks)[-NEWEST:])
    model = _train(weeks, newest)
    surprises = pd.Series({week: _surprise(model, weeks[week]) for week in weeks})
    smooth = surprises.rolling(3, center=True, min_periods=1).median().iloc[:-NEWEST]
    older = smooth.index[smooth < LIMIT].tolist()
    return older + newest
