"""Is chance a matter of names alone, and are draws what they say?"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.scenarios.draws import draw, generator, pick

SEEDS = st.integers(0, 2**32)
WEIGHTS = st.lists(st.floats(0.01, 100), min_size=1, max_size=60).map(np.array)


def test_a_generator_is_the_same_on_every_machine():
    assert generator(7, "week", 20).integers(1000, size=5).tolist() == [737, 30, 893, 292, 312]


@pytest.mark.parametrize("other", [(8, "ab", "c"), (7, "a", "bc"), (7, "abc"), (7, "ab", "c", "")])
def test_other_names_give_another_generator(other):
    assert generator(*other).random() != generator(7, "ab", "c").random()


def test_numbers_of_any_type_are_the_same_name():
    assert generator(7, np.int64(20)).random() == generator("7", 20).random()


@given(size=st.integers(0, 500), share=st.floats(0, 1), seed=SEEDS)
def test_a_pick_has_its_share_and_no_row_twice(size, share, seed):
    rows = pick(size, share, generator(seed))
    assert len(set(rows)) == len(rows)
    assert share * size - 1e-6 <= len(rows) < share * size + 1


@given(shares=st.tuples(st.floats(0, 1), st.floats(0, 1)), seed=SEEDS)
def test_a_larger_pick_holds_the_smaller_one(shares, seed):
    small, large = (set(pick(200, share, generator(seed))) for share in sorted(shares))
    assert small <= large


def test_a_pick_is_not_fooled_by_floats():
    assert len(pick(30, 0.1, generator(0))) == 3


@given(weights=WEIGHTS, size=st.integers(1, 100), seed=SEEDS)
def test_a_row_is_drawn_as_often_as_its_weight_says(weights, size, seed):
    rows = draw(weights, size, generator(seed))
    times = np.bincount(rows, minlength=len(weights))
    expected = size * weights / weights.sum()
    assert len(rows) == size
    assert (np.diff(rows) >= 0).all()
    assert (times >= np.floor(expected - 1e-6)).all()
    assert (times <= np.ceil(expected + 1e-6)).all()


@given(size=st.integers(1, 200), seed=SEEDS)
def test_equal_weights_at_full_size_give_the_rows_themselves(size, seed):
    assert draw(np.ones(size), size, generator(seed)).tolist() == list(range(size))


def test_equal_weights_give_every_row_its_chance():
    times = np.bincount(
        np.concatenate([draw(np.ones(50), 20, generator(seed)) for seed in range(1000)])
    )
    assert times.min() > 330  # 400 expected, with a standard deviation of 15.5
    assert times.max() < 470


@given(late=st.integers(1, 99).filter(lambda late: late != 30), seed=SEEDS)
def test_a_group_of_equal_weight_gets_its_exact_share(late, seed):
    weights = np.where(np.arange(100) < late, 0.3 / late, 0.7 / (100 - late))
    assert abs((draw(weights, 50, generator(seed)) < late).sum() - 15) <= 1
