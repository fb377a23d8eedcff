"""Try your choice on histories that you know: calm, changed, moved, or with a broken week.

Run it in this folder: python try_weeks.py
"""

import numpy as np
import pandas as pd
from desk import FEATURES
from weeks import choose_weeks

WEEKS, FLIGHTS = 18, 110
KINDS = {  # what happened, and to which weeks
    "nothing changed": range(0),
    "another relation": range(10),
    "another relation, which went again": range(6, 12),
    "other inputs": range(13),
    "turned labels": range(9, 10),
}


def draw(kind: str, seed: int) -> pd.DataFrame:
    """Draw a history, weeks 0 to 17."""
    rng = np.random.default_rng(seed)
    week = np.repeat(np.arange(WEEKS), FLIGHTS)
    strange = np.isin(week, KINDS[kind])
    inputs = rng.normal(size=(len(week), len(FEATURES)))
    now, move = rng.normal(size=(2, len(FEATURES)))
    if kind == "other inputs":
        inputs[strange] += 0.8 * (move - move @ now / (now @ now) * now)
    odds = -1.9 + inputs @ now * 2 / np.linalg.norm(now)
    if kind.startswith("another relation"):
        odds[strange] = -3.8 - odds[strange]
    late = rng.random(len(week)) < 1 / (1 + np.exp(-odds))
    if kind == "turned labels":
        late[strange] = ~late[strange]
    return pd.DataFrame({"week": week, **dict(zip(FEATURES, inputs.T, strict=True)), "late": late})


def main() -> None:
    """Show, for each kind, the weeks that are right and those that you chose."""
    for seed, kind in enumerate(KINDS):
        wrong = [] if kind == "other inputs" else KINDS[kind]
        chosen = choose_weeks(draw(kind, seed))
        print(kind)
        print("  right:", *(week for week in range(WEEKS) if week not in wrong))
        print("  yours:", *sorted(chosen))


if __name__ == "__main__":
    main()
