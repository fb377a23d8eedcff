"""Is a planted relation real, of the size that was asked for, and the same for equal seeds?"""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import OrdinalEncoder

from workbench.scenarios import Relation, ScenarioError

SEEDS = st.integers(0, 10_000)


def features(rows, seed=0):
    """Columns of every kind: skewed, mostly zero, correlated, with gaps, categories."""
    rng = np.random.default_rng(seed)
    common = rng.exponential(20, rows)
    frame = pd.DataFrame(
        {
            "carrier": rng.choice(["UA", "AA", "B6", "DL"], rows, p=[0.5, 0.3, 0.15, 0.05]),
            "hour": rng.integers(5, 23, rows),
            "rain": np.where(rng.random(rows) < 0.9, 0, rng.exponential(0.2, rows)),
            "delay": common + rng.normal(0, 5, rows),
            "delay_here": common + rng.normal(0, 10, rows),
        }
    )
    frame.loc[frame["hour"] < 8, "delay"] = np.nan
    return frame


FRAME = features(3000)


@settings(max_examples=15)
@given(seed=SEEDS, rate=st.floats(0.1, 0.5), auc=st.floats(0.65, 0.9))
def test_rate_and_area_are_those_asked_for(seed, rate, auc):
    relation = Relation.draw(FRAME, np.random.default_rng(seed), rate=rate, auc=auc)
    assert relation.probability(FRAME).mean() == pytest.approx(rate, abs=1e-4)
    assert relation.auc(FRAME) == pytest.approx(auc, abs=1e-4)


def test_the_area_is_that_of_drawn_labels():
    relation = Relation.draw(FRAME, np.random.default_rng(1))
    many = features(100_000, seed=1)
    labels = relation.labels(many, np.random.default_rng(2))
    seen = roc_auc_score(labels, relation.probability(many))
    assert relation.auc(many) == pytest.approx(seen, abs=0.006)
    assert labels.mean() == pytest.approx(relation.probability(many).mean(), abs=0.005)


@settings(max_examples=15)
@given(seed=SEEDS)
def test_every_column_has_a_part(seed):
    relation = Relation.draw(FRAME, np.random.default_rng(seed))
    before = relation.probability(FRAME)
    for column in FRAME:
        other = FRAME.assign(**{column: FRAME[column].to_numpy()[::-1]})
        assert np.abs(relation.probability(other) - before).mean() > 0.01


@settings(max_examples=5)
@given(seed=SEEDS)
def test_a_sound_model_learns_most_of_it(seed):
    train, test = features(8000, seed), features(8000, seed + 1)
    relation = Relation.draw(train, np.random.default_rng(seed))
    codes = OrdinalEncoder().fit(train[["carrier"]])
    train_x, test_x = (f.assign(carrier=codes.transform(f[["carrier"]])) for f in (train, test))
    model = HistGradientBoostingClassifier(max_iter=60, max_leaf_nodes=15, random_state=0)
    model.fit(train_x, relation.labels(train, np.random.default_rng(seed)))
    labels = relation.labels(test, np.random.default_rng(seed + 1))
    assert roc_auc_score(labels, model.predict_proba(test_x)[:, 1]) > 0.74


def test_equal_generators_give_equal_relations_and_others_other_ones():
    first, again, other = (Relation.draw(FRAME, np.random.default_rng(s)) for s in (1, 1, 2))
    assert first == again
    assert (first.labels(FRAME, np.random.default_rng(3))
            == again.labels(FRAME, np.random.default_rng(3))).all()  # fmt: skip
    assert np.corrcoef(first.probability(FRAME), other.probability(FRAME))[0, 1] < 0.95


def test_a_row_has_its_probability_alone_in_any_order_of_columns_and_with_gaps():
    relation = Relation.draw(FRAME, np.random.default_rng(1))
    whole = relation.probability(FRAME)
    assert (relation.probability(FRAME.iloc[[7]]) == whole[7]).all()
    assert (relation.probability(FRAME[FRAME.columns[::-1]]) == whole).all()
    gaps = FRAME.assign(carrier="ZZ", rain=np.nan)
    assert np.isfinite(relation.probability(gaps)).all()


def test_the_frame_stays_as_it_is():
    frame = FRAME.copy()
    relation = Relation.draw(frame, np.random.default_rng(1))
    relation.labels(frame, np.random.default_rng(2))
    pd.testing.assert_frame_equal(frame, FRAME)


@pytest.mark.parametrize(
    ("frame", "options", "says"),
    [
        (FRAME, {"rate": 0}, "rate lies between"),
        (FRAME, {"auc": 0.5}, "area lies between"),
        (FRAME, {"auc": 1 - 1e-9}, "No relation of these rows"),
        (FRAME[["carrier", "hour"]], {}, "two columns of numbers"),
        (FRAME.assign(late=True), {}, "neither numbers nor text"),
        (FRAME.assign(hour=5), {}, "'hour' never varies"),
        (FRAME.assign(rain=np.nan), {}, "'rain' never varies"),
        (FRAME.assign(carrier="UA"), {}, "'carrier' never varies"),
    ],
)
def test_what_has_no_relation_is_refused(frame, options, says):
    with pytest.raises(ScenarioError, match=says):
        Relation.draw(frame, np.random.default_rng(1), **options)
