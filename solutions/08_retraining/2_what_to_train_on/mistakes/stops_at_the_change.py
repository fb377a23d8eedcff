"""Looks back to the last change, and no further.

Fails: takes_back_an_earlier_season
Says: also at those before a change
"""


def choose_weeks(history: pd.DataFrame) -> list[int]:
    """Choose the weeks that do not surprise a model of the newest ones."""
    weeks = dict(list(history.groupby("week")))
    newest = _sound(weeks, list(weeks)[-NEWEST:])
    model = _train(weeks, newest)
    older = _since_the_change(weeks, model)
    return older + newest


def _since_the_change(weeks: dict[int, pd.DataFrame], model: LogisticRegression) -> list[int]:
    """Go back week by week, until two in a row are surprising."""
    found: list[int] = []
    strange = 0
    for week in reversed(list(weeks)[:-NEWEST]):
        surprising = _surprise(model, weeks[week]) >= LIMIT
        strange = strange + 1 if surprising else 0
        if strange == 2:
            break
        found += [] if surprising else [week]
    return found
