"""Does each shift move what it should, and leave alone what it should?"""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.scenarios import ConceptDrift, CovariateShift, LabelShift, ScenarioError, generator

SEEDS = st.integers(0, 2**32)
prop = settings(max_examples=25)


@prop
@given(rate=st.floats(0.01, 1), strength=st.floats(0, 1), seed=SEEDS)
def test_label_shift_reaches_its_rate(week, rate, strength, seed):
    natural = week["late"].mean()
    after = LabelShift(rate).apply(week, generator(seed), strength)["late"].mean()
    assert abs(after - (natural + strength * (rate - natural))) <= 1 / len(week) + 1e-9


def test_label_shift_keeps_each_kind_of_flight_as_it_was(week):
    many = pd.concat([week] * 20, ignore_index=True)
    after = LabelShift(0.6).apply(many, generator(1))
    for late in (True, False):
        before = many.loc[many["late"] == late, "carrier"].value_counts(normalize=True)
        now = after.loc[after["late"] == late, "carrier"].value_counts(normalize=True)
        assert (now - before).abs().max() < 0.03


def test_label_shift_needs_both_labels(week):
    with pytest.raises(ScenarioError, match="needs both late and on-time flights"):
        LabelShift(0.3).apply(week.assign(late=False), generator(1))


@prop
@given(tilt=st.floats(0.2, 4), seed=SEEDS)
def test_the_sign_of_a_tilt_is_its_direction(week, tilt, seed):
    up, down = (
        CovariateShift("distance", t).apply(week, generator(seed))["distance"].mean()
        for t in (tilt, -tilt)
    )
    assert down < week["distance"].mean() < up


def test_a_shift_grows_with_its_strength(week):
    means = [
        CovariateShift("distance", 2.0).apply(week, generator(1), strength)["distance"].mean()
        for strength in (0.0, 0.25, 0.5, 0.75, 1.0)
    ]
    assert means == sorted(means)


def test_the_highest_rank_is_exp_tilt_times_as_likely_as_the_lowest(week):
    weights = CovariateShift("distance", 2.0).weigh(week, np.ones(len(week)), 1.0)
    assert weights[week["distance"].argmax()] == pytest.approx(np.exp(2.0))
    assert weights[week["distance"].argmin()] == pytest.approx(1.0)


def test_a_missing_value_ranks_in_the_middle(week):
    weights = CovariateShift("visib", 2.0).weigh(week, np.ones(len(week)), 1.0)
    assert weights[week["visib"].isna()] == pytest.approx(np.exp(1.0))


def test_the_odds_of_a_category_are_multiplied(week):
    shift = CovariateShift("carrier", np.log(3), towards="UA")
    before = (week["carrier"] == "UA").mean()
    after = (shift.apply(week, generator(1))["carrier"] == "UA").mean()
    assert after / (1 - after) == pytest.approx(3 * before / (1 - before), rel=0.03)


def test_a_covariate_shift_leaves_the_label_to_the_features(week):
    many = pd.concat([week] * 100, ignore_index=True)
    after = CovariateShift("carrier", 2.0, towards="UA").apply(many, generator(1))
    change = after.groupby("carrier")["late"].mean() - many.groupby("carrier")["late"].mean()
    assert change.abs().max() < 0.02


def test_points_in_time_can_be_tilted(week):
    after = CovariateShift("observed_at", 2.0).apply(week, generator(1))
    assert after["observed_at"].mean() > week["observed_at"].mean()


@prop
@given(flip=st.floats(0.01, 1), strength=st.floats(0, 1), seed=SEEDS)
def test_labels_are_flipped_in_the_slice_only(week, flip, strength, seed):
    drift = ConceptDrift("carrier == 'UA' and hour >= 15", flip)
    flipped = drift.apply(week, generator(seed), strength)["late"] != week["late"]
    inside = (week["carrier"] == "UA") & (week["hour"] >= 15)
    assert not flipped[~inside].any()
    assert abs(flipped.sum() - flip * strength * inside.sum()) < 1


def test_a_slice_may_name_the_label(week):
    after = ConceptDrift("carrier == 'UA' and not late", 0.5).apply(week, generator(1))["late"]
    assert (after | ~week["late"]).all()
    assert after.sum() > week["late"].sum()


def test_concept_drift_leaves_the_features(week):
    after = ConceptDrift("hour >= 15", 0.5).apply(week, generator(1))
    pd.testing.assert_frame_equal(after.drop(columns="late"), week.drop(columns="late"))
