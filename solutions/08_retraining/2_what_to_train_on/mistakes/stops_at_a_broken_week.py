"""Takes a broken week for the day when the feed was repaired: all weeks before it are left out.

Fails: leaves_out_broken_weeks
Says: look on behind a broken one
"""

NONSENSE = 2.0  # of broken weeks


def choose_weeks(history: pd.DataFrame) -> list[int]:
    """Choose the weeks that do not surprise a model of the newest ones."""
    weeks = dict(list(history.groupby("week")))
    newest = _sound(weeks, list(weeks)[-NEWEST:])
    model = _train(weeks, newest)
    chosen = newest
    for week in reversed(list(weeks)[:-NEWEST]):
        surprise = _surprise(model, weeks[week])
        if surprise > NONSENSE:
            break
        if surprise < LIMIT:
            chosen = [week, *chosen]
    return chosen
