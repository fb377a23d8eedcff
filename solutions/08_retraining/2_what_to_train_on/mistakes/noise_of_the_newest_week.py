"""Takes the window, of up to eight weeks, whose model was cheapest in one week, the newest.

Fails: keeps_calm_weeks
Says: the cost of a single week is mostly noise
"""

from desk import cost, train


def choose_weeks(history: pd.DataFrame) -> list[int]:
    *weeks, newest = history["week"].unique().tolist()
    test = history[history["week"] == newest]
    past = history[history["week"] < newest]
    costs = {first: cost(train(past[past["week"] >= first]), test) for first in weeks[-7:]}
    best = min(costs, key=costs.get)
    return [week for week in [*weeks, newest] if week >= best]
