"""Flights with all feeds, and a relation that storms and missing news are part of."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import brentq
from sklearn.compose import make_column_transformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OrdinalEncoder

from workbench.authoring import calendar, scenarios

NAMES = ["carrier", "origin"]
WEATHER = ["precip_3h", "visib"]
DELAYS = ["delay_origin_3h", "delay_city_3h", "delay_carrier_6h", "delay_dest_6h"]
FEEDS = [*WEATHER, *DELAYS]
FEATURES = [*NAMES, "distance", "hour", *FEEDS]
THRESHOLD = 1 / 6  # a miss costs 5, a false alarm 1
STORM = 0.05  # of the flights, those with the largest delays in the city


@dataclass(frozen=True)
class Flights:
    """Rows to train on and later ones, of which the judge alone knows how probable late is."""

    training: pd.DataFrame
    labels: pd.Series
    later: pd.DataFrame
    truth: np.ndarray

    def cost(self, chance):
        """Expected cost of the decisions about 1,000 later flights."""
        return scenarios.decision_cost(self.truth, chance >= THRESHOLD)

    def brier(self, chance):
        """Expected Brier score of probabilities."""
        return np.mean(self.truth * (1 - chance) ** 2 + (1 - self.truth) * chance**2)

    def part(self, number, parts):
        """One of some equal parts of the later flights."""
        later = self.later.iloc[number::parts].reset_index(drop=True)
        return Flights(self.training, self.labels, later, self.truth[number::parts])


def draw_flights(world):
    """Winter and later weeks with all feeds; labels from a relation that is drawn before."""
    training = rows_of(world, calendar.TRAINING_WEEKS[::2], 600)
    later = rows_of(world, calendar.LIVE_WEEKS[::5], 500)
    later = later[later["carrier"].isin(training["carrier"])].reset_index(drop=True)
    rng = world.rng("relation")
    relation = draw_relation(training, rng)
    labels = pd.Series(relation.labels(training, rng), name="late")
    return Flights(training, labels, later, relation.probability(later))


def rows_of(world, weeks, rows):
    drawn = world.weeks(weeks, FEATURES, rows)
    drawn = drawn.dropna(subset=WEATHER).reset_index(drop=True)
    return drawn.assign(delay_age=world.rng("age", *weeks).uniform(0, 2, len(drawn)))


def draw_relation(frame, rng):
    """Storms make late, a morning without news is calm; how much, and all else, is drawn."""

    def effect(column, centre, spread, size, missing=0.0):
        weight = size * rng.uniform(0.8, 1.2)
        return scenarios.relations.NumberEffect(column, centre, spread, 0.0, missing, weight)

    def names(column):
        levels = sorted(frame[column].unique())
        weights = 0.8 * rng.permutation(np.linspace(-1, 1, len(levels)))
        return scenarios.relations.CategoryEffect(column, dict(zip(levels, weights, strict=True)))

    signs, rate = rng.choice([-0.5, 0.5], size=2), rng.uniform(0.16, 0.2)
    effects = (
        *(effect(column, rng.uniform(14, 20), 6, 1.0, missing=-1.0) for column in DELAYS),
        *(effect("distance", 1000, 700, signs[0]), effect("hour", 13, 4, signs[1])),
        *(effect("precip_3h", 0.05, 0.05, 0.7), effect("visib", 6, 3, -0.7)),
        *map(names, NAMES),
    )

    def relation(level):
        return scenarios.Relation(effects, level, 1.0)

    return relation(brentq(lambda at: relation(at).probability(frame).mean() - rate, -20, 20))


def plain_model(flights, lost=()):
    """Boosting without any thought of bad days, trained without some columns."""
    columns = [column for column in FEATURES if column not in lost]
    codes = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)
    model = make_pipeline(
        make_column_transformer((codes, NAMES), remainder="passthrough"),
        HistGradientBoostingClassifier(max_iter=60, max_leaf_nodes=15, random_state=0),
    ).fit(flights.training[columns], flights.labels)
    return lambda rows: model.predict_proba(rows[columns])[:, 1]


def gaps(columns):
    return dict.fromkeys(columns, np.nan)
