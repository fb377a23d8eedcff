"""Takes all weeks whose inputs are elsewhere, and looks at the relation of the others only.

Fails: leaves_out_weeks_before_a_change
Says: wherever their inputs are
"""

from desk import FEATURES


def choose_weeks(history: pd.DataFrame) -> list[int]:
    """Choose the weeks that moved, and those that do not surprise a model of the newest ones."""
    weeks = dict(list(history.groupby("week")))
    newest = _sound(weeks, list(weeks)[-NEWEST:])
    model = _train(weeks, newest)
    return newest + [
        week
        for week in list(weeks)[:-NEWEST]
        if _has_moved(weeks[week]) or _surprise(model, weeks[week]) < LIMIT
    ]


def _has_moved(flights: pd.DataFrame) -> bool:
    """Tell whether a feature has another mean, and none is broken."""
    inputs = flights[FEATURES]
    return inputs.mean().abs().max() > 0.4 and inputs.std().max() < 8
