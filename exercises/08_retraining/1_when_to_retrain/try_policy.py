"""Let a policy live through seasons of known truth: ``python try_policy.py``.

These seasons are simpler than the judge's: a model that no longer fits loses the same in each
week, until a new one serves. The noise is about as large.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd
from policy import RetrainPolicy

START, LAST, PRICE = 14, 37, 500
WEEKS = np.arange(1, LAST + 1)
SEASONS: dict[str, Callable[[int], np.ndarray]] = {  # what a model from before loses a week
    "calm": lambda onset: 0.0 * WEEKS,
    "sudden": lambda onset: 350.0 * (onset <= WEEKS),
    "slow": lambda onset: 350.0 * ((WEEKS - onset) / 16).clip(0, 1),
    "one bad week": lambda onset: 400.0 * (onset == WEEKS),
}


def live(lost: np.ndarray, rng: np.random.Generator) -> tuple[list[int], float]:
    """Return the Mondays of retraining, and what the season cost beyond a model that fits."""
    policy, since, cost, mondays = RetrainPolicy(PRICE, LAST), 1, 0.0, []
    gaps: dict[int, float] = {}
    served: list[dict[str, float]] = []
    for week in WEEKS:
        if week >= START:
            log = pd.DataFrame(served).assign(drift=0.01)
            log.loc[log["week"] > week - 2, "observed"] = np.nan
            if policy.decide(int(week), log):
                since = int(week)
                mondays.append(since)
                cost += PRICE
        # a model learns from the three weeks whose labels were there when it was trained
        gaps.setdefault(since, float(lost[max(since - 4, 0) : max(since - 1, 1)].mean()))
        loss = max(float(lost[week - 1]) - gaps[since], 0.0)
        expected = float(rng.normal(750, 60))
        observed = expected + loss + float(rng.normal(0, 45))
        served.append({"week": week, "since": since, "expected": expected, "observed": observed})
        cost += loss * (week >= START)
    return mondays, cost


def main() -> None:
    """Print what the policy does in each kind of season."""
    for number, (name, lost_from) in enumerate(SEASONS.items()):
        for onset in (17, 24):
            rng = np.random.default_rng([number, onset])
            mondays, cost = live(lost_from(onset), rng)
            print(f"{name:13} from week {onset}: retrained in {mondays}, cost {cost:6.0f}")


if __name__ == "__main__":
    main()
