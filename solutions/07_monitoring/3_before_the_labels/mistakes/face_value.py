"""Believes the model's probabilities: the expected cost is computed from `p` as it is.

Fails: knows_calm_weeks
Says: taken at face value
"""


class CostEstimator:
    def __init__(self, reference: pd.DataFrame) -> None:
        self._edges = reference["p"].quantile(np.arange(1, BINS) / BINS).to_numpy().copy()
        self._edges[np.abs(self._edges - AT).argmin()] = AT  # no bin holds both decisions
        weeks = [week for _, week in reference.groupby("week")]
        self._past = [self._count(self._bins(week), _costs(week)) for week in weeks]
        self._usual = sum(self._past)
        self._waiting: dict[int, pd.DataFrame] = {}
        self._trusted = True
        # flights of a day are late together: days stray further than single flights explain
        mean, variance = self._moments(self._bins(reference), _face_value(reference))
        off = pd.Series(_costs(reference) - mean).groupby(reference["day"].to_numpy()).sum()
        self._scatter = (off**2).sum() / variance.sum()

    def _cost(self, flights: pd.DataFrame) -> tuple[float, float]:
        """Return the mean cost per 1,000 flights, and how far a week strays from it."""
        mean, variance = self._moments(self._bins(flights), _face_value(flights))
        unsure = 1 + 1 / len(self._past)  # the past weeks strayed, too
        sd = (unsure * self._scatter * variance.sum()) ** 0.5 / len(flights)
        return float(1000 * mean.mean()), float(1000 * sd)

    def _moments(self, bins: np.ndarray, face: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return mean and variance of the cost of each flight."""
        total = sum(self._past) + self._usual / self._usual[0]  # one usual flight: no bin is empty
        mean, square = total[1:] / total[0]
        return face, (square - mean**2)[bins]


def _face_value(flights: pd.DataFrame) -> np.ndarray:
    """Return what each flight costs if `p` is right."""
    p = flights["p"].to_numpy()
    return np.where(p >= AT, 1 - p, 5 * p)
