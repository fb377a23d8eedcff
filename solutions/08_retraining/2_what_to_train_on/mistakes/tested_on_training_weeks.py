"""Takes the window whose model is cheapest on the newest weeks, which it was trained on.

Fails: keeps_calm_weeks
Says: looks best on rows that it was trained on
"""

from desk import cost, train


def choose_weeks(history: pd.DataFrame) -> list[int]:
    weeks = history["week"].unique().tolist()
    newest = history[history["week"].isin(weeks[-2:])]
    costs = {first: cost(train(history[history["week"] >= first]), newest) for first in weeks}
    best = min(costs, key=costs.get)
    return [week for week in weeks if week >= best]
