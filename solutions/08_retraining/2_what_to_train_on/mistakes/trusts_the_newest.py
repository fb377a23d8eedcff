"""Trusts the newest weeks blindly, and compares all others with them.

Fails: mistrusts_the_newest_weeks
Says: Test the newest weeks among themselves
"""


def choose_weeks(history: pd.DataFrame) -> list[int]:
    """Choose the weeks that do not surprise a model of the newest ones."""
    weeks = dict(list(history.groupby("week")))
    newest = list(weeks)[-NEWEST:]
    model = _train(weeks, newest)
    older = [week for week in list(weeks)[:-NEWEST] if _surprise(model, weeks[week]) < LIMIT]
    return older + newest
