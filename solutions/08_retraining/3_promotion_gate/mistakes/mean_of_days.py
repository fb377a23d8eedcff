"""Takes the mean of the days' savings per flight, as if each day had as many flights.

Fails: measures_the_saving
Says: All flights weigh the same
"""


def _interval(days: np.ndarray, error: float) -> tuple[float, float, float]:
    """Return the saving per 1,000 flights and its interval, by Student's t over days."""
    rates = days[:, 0] / days[:, 1]
    saving, spread = rates.mean(), rates.std(ddof=1) / np.sqrt(len(rates))
    reach = stats.t.ppf(1 - error / 2, len(days) - 1) * spread
    return 1000 * saving, 1000 * (saving - reach), 1000 * (saving + reach)
