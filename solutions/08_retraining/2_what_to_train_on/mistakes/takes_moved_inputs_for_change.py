"""Leaves out weeks whose inputs moved, too.

Fails: keeps_weeks_whose_inputs_moved
Says: not the features themselves
"""

from desk import FEATURES


def choose_weeks(history: pd.DataFrame) -> list[int]:
    """Choose the weeks that do not surprise a model of the newest ones."""
    weeks = dict(list(history.groupby("week")))
    newest = _sound(weeks, list(weeks)[-NEWEST:])
    model = _train(weeks, newest)
    older = [week for week in list(weeks)[:-NEWEST] if _surprise(model, weeks[week]) < LIMIT]
    return [week for week in older + newest if not _has_moved(weeks, week, newest)]


def _has_moved(weeks: dict[int, pd.DataFrame], week: int, newest: list[int]) -> bool:
    """Tell whether many features of a week have another mean than in the newest weeks."""
    now = pd.concat([weeks[other] for other in newest])[FEATURES]
    distance = (weeks[week][FEATURES].mean() - now.mean()).abs() / now.std()
    return (distance > 0.5).sum() > 2
