"""Takes the mean of daily gaps: a day with one flight weighs as much as one with ten.

Fails: measures_every_slice
Says: `gap` should be
"""


def _gap(surprise: np.ndarray, dates: np.ndarray) -> dict[str, float]:
    """Measure one slice; the gap is a sum over days, divided by another one."""
    _, day, flown = np.unique(dates, return_inverse=True, return_counts=True)
    rows, days = len(surprise), len(flown)
    gap = (np.bincount(day, weights=surprise) / flown).mean()
    unusual = np.bincount(day, weights=surprise) - gap * flown
    error = np.sqrt((unusual**2).sum() * days / (days - 1)) / rows
    return {"rows": rows, "days": days, "gap": gap, "error": error}
