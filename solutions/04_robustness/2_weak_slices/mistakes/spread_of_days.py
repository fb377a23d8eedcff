"""Gives the range in which the gaps of single days lie, not that of their mean.

Fails: intervals_know_of_days
Says: Give the interval of the mean gap
"""


def _gap(surprise: np.ndarray, dates: np.ndarray) -> dict[str, float]:
    """Measure one slice; the gap is a sum over days, divided by another one."""
    _, day, flown = np.unique(dates, return_inverse=True, return_counts=True)
    rows, days, gap = len(surprise), len(flown), surprise.mean()
    error = (np.bincount(day, weights=surprise) / flown).std(ddof=1)
    return {"rows": rows, "days": days, "gap": gap, "error": error}
