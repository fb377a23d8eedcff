"""Are decisions priced rightly, and is the interval as wide as days differ?"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.scenarios import (
    ScenarioError,
    day_block_interval,
    decision_cost,
    flight_costs,
)

FLIGHTS = st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=50)


@given(flights=FLIGHTS)
def test_cost_counts_misses_and_false_alarms(flights):
    late, decisions = map(np.array, zip(*flights, strict=True))
    misses, false_alarms = sum(late & ~decisions), sum(~late & decisions)
    expected = 1000 * (7 * misses + 2 * false_alarms) / len(flights)
    assert decision_cost(late, decisions, miss=7, false_alarm=2) == pytest.approx(expected)


@given(flights=FLIGHTS)
def test_perfect_decisions_cost_nothing(flights):
    late = np.array([late for late, _ in flights])
    assert decision_cost(late, late) == 0


def test_deciding_from_a_sixth_on_is_the_cheapest_threshold():
    late = np.random.default_rng(1).random(5000)
    costs = {t: decision_cost(late, late >= t) for t in (0.05, 0.1, 1 / 6, 0.25, 0.5)}
    assert min(costs, key=costs.get) == 1 / 6


def test_probabilities_give_the_expected_cost():
    rng = np.random.default_rng(1)
    probability = rng.random(200_000)
    decisions = probability > 0.3
    drawn = decision_cost(rng.random(200_000) < probability, decisions)
    assert decision_cost(probability, decisions) == pytest.approx(drawn, rel=0.02)


@pytest.mark.parametrize(
    ("late", "decisions", "says"),
    [
        ([True], [True, False], "One decision a flight"),
        ([], [], "One decision a flight"),
        ([[True]], [[True]], "One decision a flight"),
        ([True], [0.7], "Decisions are bools"),
        ([float("nan")], [True], "a bool or a probability"),
        ([1.5], [True], "a bool or a probability"),
    ],
)
def test_what_cannot_be_priced_is_refused(late, decisions, says):
    with pytest.raises(ScenarioError, match=says):
        flight_costs(late, decisions)


def made_up(days, flights, rng):
    """Values of flights that share what happened on their day."""
    return np.repeat(rng.normal(size=days), flights), np.repeat(np.arange(days), flights)


def test_the_interval_covers_the_truth_where_flights_of_a_day_depend_on_each_other():
    rng = np.random.default_rng(3)
    intervals = [day_block_interval(*made_up(40, 25, rng), rng, draws=300) for _ in range(200)]
    covered = np.mean([low <= 0 <= high for low, _, high in intervals])
    assert 0.83 <= covered <= 0.95


def test_more_flights_of_the_same_days_do_not_make_it_narrower():
    widths = []
    for flights in (1, 50):
        values, days = made_up(40, flights, np.random.default_rng(5))
        low, _, high = day_block_interval(values, days, np.random.default_rng(6))
        widths.append(high - low)
    assert widths[0] == pytest.approx(widths[1])


def test_the_middle_is_the_mean_and_equal_generators_give_equal_intervals():
    values, days = np.arange(30.0), np.arange(30) % 7
    first, again = (day_block_interval(values, days, np.random.default_rng(2)) for _ in range(2))
    assert first == again
    assert first.mid == values.mean()
    assert first.low < first.mid < first.high


def test_days_may_be_dates_in_any_order():
    values, days = np.array([1.0, 5.0, 2.0]), np.array([3, 1, 3], dtype="M8[D]")
    interval = day_block_interval(values, days, np.random.default_rng(0))
    assert (interval.low, interval.high) == (1.5, 5.0)


@pytest.mark.parametrize(
    ("values", "days", "options", "says"),
    [
        ([1.0], [1, 2], {}, "needs a day"),
        ([1.0, 2.0], [1, 1], {}, "two days"),
        ([1.0, float("nan")], [1, 2], {}, "finite"),
        ([1.0, 2.0], [1, 2], {"level": 1.0}, "between 0 and 1"),
        ([1.0, 2.0], [1, 2], {"draws": 0}, "At least one draw"),
    ],
)
def test_what_has_no_interval_is_refused(values, days, options, says):
    with pytest.raises(ScenarioError, match=says):
        day_block_interval(values, days, np.random.default_rng(0), **options)
