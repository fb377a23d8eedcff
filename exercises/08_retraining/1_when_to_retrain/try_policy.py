"""Let a policy live through seasons of known truth: ``python try_policy.py``.

These seasons are simpler than the judge's: a model that no longer fits loses the same in each
week, until a new one serves. The noise is about as large.
"""

from collections.abc import Callable, Sequence
from itertools import combinations, pairwise

import numpy as np
import pandas as pd
from policy import RetrainPolicy

START, LAST, PRICE = 14, 37, 500
SEASONS_OF_A_KIND = 10
WEEKS = np.arange(1, LAST + 1)
MONDAYS = range(START, LAST + 1)
SEASONS: dict[str, Callable[[int], np.ndarray]] = {  # what a model from before loses a week
    "calm": lambda onset: 0.0 * WEEKS,
    "sudden": lambda onset: 350.0 * (onset <= WEEKS),
    "slow": lambda onset: 350.0 * ((WEEKS - onset) / 16).clip(0, 1),
    "one bad week": lambda onset: 400.0 * (onset == WEEKS),
}


def learnt(lost: np.ndarray, since: int) -> float:
    """Return which part of the loss a model knows that is trained on a Monday."""
    # It learns from the three weeks whose labels have arrived.
    return float(lost[max(since - 5, 0) : max(since - 2, 1)].mean())


def cost(lost: np.ndarray, mondays: Sequence[int]) -> float:
    """Return what a season costs beyond a model that fits, retrainings included."""
    total = float(PRICE * len(mondays))
    for since, until in pairwise([1, *mondays, LAST + 1]):
        served = lost[max(since, START) - 1 : until - 1]
        total += float((served - learnt(lost, since)).clip(0).sum())
    return total


def best(lost: np.ndarray) -> float:
    """Return the cost of the cheapest plan with at most two retrainings."""
    return min(cost(lost, days) for count in range(3) for days in combinations(MONDAYS, count))


def live(lost: np.ndarray, rng: np.random.Generator) -> list[int]:
    """Return the Mondays on which the policy retrains."""
    policy, since, mondays = RetrainPolicy(PRICE, LAST), 1, []
    served: list[dict[str, float]] = []
    for week in WEEKS.tolist():
        if week >= START:
            log = pd.DataFrame(served).assign(drift=0.01)
            log.loc[log["week"] > week - 2, "observed"] = np.nan
            if policy.decide(week, log):
                since = week
                mondays.append(week)
        expected = float(rng.normal(750, 60))
        loss = max(float(lost[week - 1]) - learnt(lost, since), 0.0)
        observed = expected + loss + float(rng.normal(0, 45))
        served.append({"week": week, "since": since, "expected": expected, "observed": observed})
    return mondays


def main() -> None:
    """Print what the policy does in each kind of season, and what simple plans cost there."""
    print(f"Mean cost of {SEASONS_OF_A_KIND} seasons; the best plan is known in hindsight only.")
    print(f"{'':13}{'yours':>7}{'never':>7}{'monthly':>9}{'best':>7}   you retrained in the first")
    for number, (name, lost_from) in enumerate(SEASONS.items()):
        rng = np.random.default_rng(number)
        losts = [lost_from(int(rng.integers(17, 25))) for _ in range(SEASONS_OF_A_KIND)]
        yours = [live(lost, rng) for lost in losts]
        mine = np.mean([cost(lost, days) for lost, days in zip(losts, yours, strict=True)])
        never = np.mean([cost(lost, ()) for lost in losts])
        monthly = np.mean([cost(lost, MONDAYS[4::4]) for lost in losts])
        least = np.mean([best(lost) for lost in losts])
        print(f"{name:13}{mine:7.0f}{never:7.0f}{monthly:9.0f}{least:7.0f}   {yours[0]}")


if __name__ == "__main__":
    main()
