"""Reports the cost of decisions from one half on, as `predict` makes them.

Fails: reports_what_happened
Says: Mend `cost` of the report
"""


def report(chance: np.ndarray, late: np.ndarray) -> dict[str, float]:
    """Tell how good probabilities of being late are; the desk acts from 1/6 on."""
    costs = np.where(chance >= 0.5, np.where(late, 0, 1), np.where(late, 5, 0))
    share = float(np.mean(late))
    return {
        "cost": 1000 * float(np.mean(costs)),
        "constant": 1000 * min(5 * share, 1 - share),
        "predicted": float(np.mean(chance)),
        "late": share,
    }
