"""Takes each flight as an observation of its own, as if storms hit single flights.

Fails: intervals_know_of_days
Says: Take days as units, not flights
"""


def _gap(surprise: np.ndarray, dates: np.ndarray) -> dict[str, float]:
    """Measure one slice."""
    rows, days, gap = len(surprise), len(np.unique(dates)), surprise.mean()
    error = surprise.std(ddof=1) / np.sqrt(rows)
    return {"rows": rows, "days": days, "gap": gap, "error": error}
