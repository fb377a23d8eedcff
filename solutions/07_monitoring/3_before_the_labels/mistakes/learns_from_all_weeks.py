"""Keeps the weeks from before the change among those it learns from.

Fails: learns_the_changed_world
Says: labels out that are older than the change
"""


class CostEstimator:
    def __init__(self, reference: pd.DataFrame) -> None:
        self._edges = reference["p"].quantile(np.arange(1, BINS) / BINS).to_numpy().copy()
        self._edges[np.abs(self._edges - AT).argmin()] = AT  # no bin holds both decisions
        weeks = [week for _, week in reference.groupby("week")]
        self._past = [self._count(self._bins(week), _costs(week)) for week in weeks]
        self._usual = sum(self._past)
        self._waiting: dict[int, pd.DataFrame] = {}
        self._trusted, self._distrusted = True, 0
        # flights of a day are late together: days stray further than single flights explain
        mean, variance = self._moments(self._bins(reference))
        off = pd.Series(_costs(reference) - mean).groupby(reference["day"].to_numpy()).sum()
        self._scatter = (off**2).sum() / variance.sum()

    def learn(self, week: int, late: np.ndarray) -> None:
        """Take the labels of a week; where they contradict its estimate, start anew with them."""
        flights = self._waiting.pop(week).assign(late=late)
        costs = _costs(flights)
        cost, sd = self._cost(flights)
        if abs(1000 * costs.mean() - cost) > SURPRISE * sd:
            self._distrusted = 2
        self._distrusted -= 1
        self._trusted = self._distrusted < 0
        self._past = [*self._past, self._count(self._bins(flights), costs)]
