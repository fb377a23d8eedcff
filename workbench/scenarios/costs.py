"""What decisions cost, and how sure that is: whole days are the independent units."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from workbench.scenarios.draws import Floats
from workbench.scenarios.errors import require

MISS, FALSE_ALARM = 5.0, 1.0


class Interval(NamedTuple):
    """An estimate between the ends of its interval."""

    low: float
    mid: float
    high: float


def flight_costs(
    late: npt.ArrayLike,
    decisions: npt.ArrayLike,
    *,
    miss: float = MISS,
    false_alarm: float = FALSE_ALARM,
) -> Floats:
    """Return the cost of each decision, shape (flights,).

    Parameters
    ----------
    late
        Whether each flight was late; or the probability of it, then the costs are expected ones.
    decisions
        True where the flight was treated as late.
    miss, false_alarm
        Cost of a late flight that was not decided for, and of a punctual one that was.

    Raises
    ------
    ScenarioError
        If the two are not one value a flight, if there is no flight, if ``late`` is not between
        0 and 1, or if the decisions are no bools: probabilities would all count as true.
    """
    happened, decided = np.asarray(late, dtype=np.float64), np.asarray(decisions)
    require(
        happened.ndim == 1 and happened.shape == decided.shape and happened.size > 0,
        f"One decision a flight is needed: late has shape {happened.shape}, "
        f"the decisions {decided.shape}.",
    )
    require(decided.dtype == np.bool_, f"Decisions are bools, not {decided.dtype}.")
    # written so that NaN is refused
    require(bool(((happened >= 0) & (happened <= 1)).all()), "Late is a bool or a probability.")
    costs: Floats = np.where(decided, false_alarm * (1 - happened), miss * happened)
    return costs


def decision_cost(
    late: npt.ArrayLike,
    decisions: npt.ArrayLike,
    *,
    miss: float = MISS,
    false_alarm: float = FALSE_ALARM,
) -> float:
    """Return the cost of decisions per 1,000 flights; see `flight_costs`.

    Examples
    --------
    >>> decision_cost([True, True, False, False], [True, False, True, False])
    1500.0
    >>> decision_cost([0.2, 0.1], [True, False])  # expected, where probabilities are known
    650.0
    """
    costs = flight_costs(late, decisions, miss=miss, false_alarm=false_alarm)
    return 1000 * float(costs.mean())


def day_block_interval(
    values: npt.ArrayLike,
    days: npt.ArrayLike,
    rng: np.random.Generator,
    *,
    level: float = 0.9,
    draws: int = 1000,
) -> Interval:
    """Return the mean of the values with a bootstrap interval that draws whole days.

    One storm delays a whole day: its flights are no independent observations, and an interval
    that draws single flights is too narrow. To compare two models, give the differences of their
    costs, flight by flight: what both find hard then cancels.

    Parameters
    ----------
    values
        One finite number a flight, a cost or a difference of costs.
    days
        The day of each flight, in any form that can be compared; at least two days.
    rng
        Decides which days are drawn.
    level
        Share of the draws between the ends.
    draws
        Number of bootstrap samples.

    Raises
    ------
    ScenarioError
        If values and days don't match, are too few or not finite, or the level is no share.

    References
    ----------
    Davison and Hinkley (1997), Bootstrap Methods and their Application, sections 3.8 and 8.2:
    resampling of groups and of blocks; Künsch (1989), The jackknife and the bootstrap for
    general stationary observations. Annals of Statistics 17.

    Examples
    --------
    >>> day_block_interval([1.0, 1.0, 3.0, 3.0], [1, 1, 2, 2], np.random.default_rng(0))
    Interval(low=1.0, mid=2.0, high=3.0)
    """
    numbers, sizes = _per_day(values, days)
    require(0 < level < 1, f"A level lies between 0 and 1, not at {level}.")
    require(draws >= 1, f"At least one draw is needed, not {draws}.")
    count = len(sizes)
    times = rng.multinomial(count, np.full(count, 1 / count), size=draws)
    means = (times @ numbers) / (times @ sizes)
    low, high = np.quantile(means, [(1 - level) / 2, (1 + level) / 2])
    return Interval(float(low), float(numbers.sum() / sizes.sum()), float(high))


def _per_day(values: npt.ArrayLike, days: npt.ArrayLike) -> tuple[Floats, npt.NDArray[np.intp]]:
    """Return the sum of the values and the number of flights of each day."""
    numbers, names = np.asarray(values, dtype=np.float64), np.asarray(days)
    require(
        numbers.ndim == 1 and numbers.shape == names.shape,
        f"Each value needs a day: {numbers.shape} values, {names.shape} days.",
    )
    require(bool(np.isfinite(numbers).all()), "Values must be finite.")
    _, position = np.unique(names, return_inverse=True)
    sizes = np.bincount(position)
    require(len(sizes) >= 2, f"At least two days are needed, not {len(sizes)}.")
    return np.bincount(position, weights=numbers).astype(np.float64), sizes
