"""Takes the flights of a day for independent ones.

Fails: covers_the_cost
Says: flights of one day are late together
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
        self._scatter = 1.0

    def learn(self, week: int, late: np.ndarray) -> None:
        """Take the labels of a week; where they contradict its estimate, start anew with them."""
        flights = self._waiting.pop(week).assign(late=late)
        costs = _costs(flights)
        cost, sd = self._cost(flights)
        if abs(1000 * costs.mean() - cost) > 2 * SURPRISE * sd:
            self._past, self._trusted = [], False  # older weeks are of another world
        self._past = [*self._past, self._count(self._bins(flights), costs)][-MEMORY:]
        self._trusted = self._trusted or len(self._past) >= ENOUGH
