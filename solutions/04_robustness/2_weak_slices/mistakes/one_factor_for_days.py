"""Takes flights as units, and widens all intervals by a factor that was right once.

Fails: intervals_know_of_days
Says: no factor is right for all
"""

FACTOR = 1.65  # for days


def _gap(surprise: np.ndarray, dates: np.ndarray) -> dict[str, float]:
    """Measure one slice."""
    rows, days, gap = len(surprise), len(np.unique(dates)), surprise.mean()
    error = FACTOR * surprise.std(ddof=1) / np.sqrt(rows)
    return {"rows": rows, "days": days, "gap": gap, "error": error}
