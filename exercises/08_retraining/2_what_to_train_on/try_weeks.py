"""Try your choice on histories that you know: of each kind, like those of the judge.

Run it in this folder: python try_weeks.py, with a seed if you like
"""

import sys

import numpy as np
import pandas as pd
from desk import FEATURES, cost, train
from weeks import choose_weeks

WEEKS, COMING, FLIGHTS = 18, 20, 240
LEVEL, SIZE = -3.0, 2.2  # log odds of a flight: where they begin, and how much features move them
KINDS = {  # which weeks are not like the newest ones, and how
    "nothing changed": {},
    "a change": {"other": range(10)},
    "an earlier relation returned": {"other": range(6, 12)},
    "moved inputs": {"moved": range(13)},
    "a change, and moved inputs": {"other": range(9), "aside": range(13)},
    "two broken weeks": {"labels": [9], "feature": [11]},
    "a change, and a broken week among the newest": {"other": range(8), "labels": [15]},
}
MOVED = "moved", "aside"  # other inputs, and the same relation


def draw(rng, other=(), moved=(), aside=(), labels=(), feature=()) -> list[pd.DataFrame]:
    """Draw a history, weeks 0 to 17, and flights of the coming weeks."""
    week = np.repeat(np.arange(WEEKS + COMING), FLIGHTS)
    inputs = rng.normal(size=(len(week), len(FEATURES)))
    now, across, beside = np.linalg.qr(rng.normal(size=(len(FEATURES), 3)))[0].T  # right angles
    far = np.isin(week, list(moved))
    away = -LEVEL / SIZE - 0.7 * inputs[far] @ now  # to log odds near 0
    inputs[far] += np.outer(away, now) + across
    inputs[np.isin(week, list(aside))] += 1.2 * beside  # no easier, no harder
    relation = np.where(np.isin(week, list(other))[:, None], 0.7 * across - 0.7 * now, now)
    odds = LEVEL + SIZE * (inputs * relation).sum(axis=1)
    late = rng.random(len(week)) < 1 / (1 + np.exp(-odds))
    late ^= np.isin(week, list(labels))
    inputs[np.isin(week, list(feature)), np.abs(now).argmax()] *= 60
    flights = pd.DataFrame(inputs, columns=FEATURES).assign(late=late)
    flights.insert(0, "week", week)
    return [flights[week < WEEKS], flights[week >= WEEKS]]


def main() -> None:
    """Show, for each kind, the weeks that are right and those that you chose, and their costs."""
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    for number, (kind, strange) in enumerate(KINDS.items()):
        history, coming = draw(np.random.default_rng([seed, number]), **strange)
        wrong = {week for how, weeks in strange.items() if how not in MOVED for week in weeks}
        right = [week for week in range(WEEKS) if week not in wrong]
        print(f"{kind}: weeks, and cost per 1,000 coming flights")
        for name, weeks in {"right": right, "yours": sorted(choose_weeks(history))}.items():
            model = train(history[history["week"].isin(weeks)])
            print(f"  {name}, {cost(model, coming):4.0f}:", *weeks)


if __name__ == "__main__":
    main()
