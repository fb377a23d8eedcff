"""Sound models of several kinds, and faults planted into them."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, StandardScaler

from workbench.authoring import QuestionRefused, calendar

NAMES = ["carrier", "origin"]
WEATHER = ["precip_3h", "visib"]
DELAYS = ["delay_origin_3h", "delay_city_3h", "delay_carrier_6h", "delay_dest_6h"]
NUMBERS = ["distance", "hour", *WEATHER, *DELAYS]
COLUMNS = [*NAMES, *NUMBERS]
USUAL = [900, 13, 0, 10, 0, 0, 0, 0]  # of NUMBERS, where one is missing
RISING = [1, 1, 0, 1, 1, -1, 1, 1, 1, 1]  # of COLUMNS: more never lowers the risk, or raises it
ROWS = 500  # of each week of training
AIRLINES = "9E AA AS B6 DL EV F9 FL HA MQ OO UA US VX WN YV".split()
AIRPORTS = ["EWR", "JFK", "LGA"]
MOST = 5000.0  # far beyond what any column holds


def answering(risk, fault):
    """Build a model that answers as scikit-learn's classifiers do."""

    def model(flights):
        flights = agreed(flights)
        late = fault.after(flights, risk(fault.before(flights)))
        return np.column_stack([1 - late, late])

    return model


def agreed(flights):
    """Refuse what no model was promised, and leave out what it does not know."""
    columns, dtypes = list(flights.columns), dict(flights.dtypes)
    for column in COLUMNS:
        if columns.count(column) != 1:
            raise QuestionRefused(f"The model needs one column {column}.")
        if column in NUMBERS and not pd.api.types.is_numeric_dtype(dtypes[column]):
            raise QuestionRefused(f"The column {column} must hold numbers.")
    if flights.empty:
        raise QuestionRefused("The model needs at least one flight.")
    others = len(columns) > len(COLUMNS)  # to choose columns takes as long as a small model
    known = flights[[c for c in columns if c in COLUMNS]] if others else flights
    names = {column: "str" for column in NAMES if dtypes[column] != "str"}
    numbers = {c: "float64" for c in NUMBERS if not isinstance(dtypes[c], np.dtype)}
    return known.astype(names | numbers) if names | numbers else known


def sound_models(world):
    """Train sound models of different kinds, each on rows of its own."""
    flights = world.weeks(calendar.TRAINING_WEEKS, [*COLUMNS, "late"], ROWS)
    rising = {"monotonic_cst": RISING, "random_state": 0}
    kinds = {
        "boosting": HistGradientBoostingClassifier(
            max_iter=40, max_leaf_nodes=15, min_samples_leaf=50, **rising
        ),
        "forest": RandomForestClassifier(15, min_samples_leaf=20, max_features=3, **rising),
        "logistic": make_pipeline(
            FunctionTransformer(few_numbers), StandardScaler(), LogisticRegression()
        ),
    }
    return {
        name: train(estimator, flights.sample(frac=0.8, random_state=world.rng("rows", name)))
        for name, estimator in kinds.items()
    }


def train(estimator, flights):
    rates = {column: late_rates(flights, column) for column in NAMES}
    estimator.fit(as_numbers(flights, rates), flights["late"])
    late = late_by_trees if isinstance(estimator, RandomForestClassifier) else late_by
    return lambda asked: late(estimator, as_numbers(asked, rates))


def late_by(estimator, table):
    return estimator.predict_proba(table)[:, 1]


def late_by_trees(forest, table):
    """Take the mean of the trees, as the forest does in three times as long."""
    table = table.astype("float32")
    trees = [tree.predict_proba(table, check_input=False)[:, 1] for tree in forest.estimators_]
    return np.mean(trees, axis=0)


def late_rates(flights, column):
    """How often the flights of a name were late; few flights count little."""
    mean, late = flights["late"].mean(), flights.groupby(column)["late"].agg(["sum", "count"])
    rates = (late["sum"] + 50 * mean) / (late["count"] + 50)
    return defaultdict(lambda: mean, rates.to_dict())


def as_numbers(flights, rates):
    """Names become late rates, and what is missing what it mostly is."""
    names = [rates_of(flights[column], rates[column]) for column in NAMES]
    numbers = np.column_stack([flights[column].to_numpy("float64") for column in NUMBERS])
    filled = np.where(np.isnan(numbers), USUAL, numbers.clip(-MOST, MOST))
    return np.column_stack([*names, filled])


def rates_of(names, rates):
    """Look up each name once, however it is spelled; the last rate is that of a missing one."""
    places, seen = pd.factorize(names)
    return np.array([*(rates[str(name).strip().upper()] for name in seen), rates["NAN"]])[places]


def few_numbers(table):
    """Delays as one number for a linear model, so that none can count against another."""
    delays = np.sqrt(table[:, 6:].clip(min=0)).mean(axis=1)
    return np.column_stack([table[:, :4], table[:, 4].clip(max=0.3), table[:, 5], delays])


@dataclass(frozen=True)
class Fault:
    """What a faulty model does to the flights that it gets, and to the risks that it answers."""

    kind: str
    before: Callable = lambda flights: flights
    after: Callable = lambda flights, risk: risk


def planted(world):
    """List the faults. A learner finds their names in after.md."""
    lower, padded = world.rng("spelling").permutation(NAMES)
    airport, gone = world.rng("airport").choice(AIRPORTS), world.rng("gap").choice(DELAYS)
    deaf, backwards = world.rng("delays").permutation(DELAYS[:3])[:2]
    blind, wrong = world.rng("weather").permutation(WEATHER)
    best, most = {"precip_3h": 0.0, "visib": 10.0}, {"precip_3h": 0.3, "visib": 11.0}
    return {
        "no weather": Fault("no probability", after=no_answer_without_weather),
        "one gap": Fault("no probability", after=no_answer_without(gone)),
        "new airline": Fault("no probability", after=above_one_for_new_airlines),
        "no storm": Fault("plain case", after=no_storm_at(airport)),
        "calm": Fault("plain case", after=alarm_without_delays),
        "nothing known": Fault("plain case", after=alarm_when_nothing_is_known),
        "lower case": Fault("spelling", after=half_unless(lower, str.upper)),
        "blanks": Fault("spelling", after=half_unless(padded, str.strip)),
        "by position": Fault("order", by_position),
        "by batch": Fault("order", after=lambda f, p: p + 0.1 * p.mean() * (1 - p)),
        "by label": Fault("order", after=lambda f, p: p[f.index.argsort()]),
        "reversed": Fault("delays", lambda f: f.assign(**{backwards: 90 - f[backwards]})),
        "deaf": Fault("delays", lambda f: f.assign(**{deaf: 0.0})),
        "outliers": Fault("delays", lambda f: f.assign(**f[DELAYS].where(f[DELAYS] < 250))),
        "deaf to weather": Fault("weather", lambda f: f.assign(**{blind: best[blind]})),
        "good weather": Fault("weather", lambda f: f.assign(**{wrong: most[wrong] - f[wrong]})),
    }


def no_answer_without_weather(flights, risk):
    return np.where(flights[WEATHER].isna().any(axis=1), np.nan, risk)


def no_answer_without(column):
    """No answer where one delay is missing and the others are not."""
    return lambda f, p: np.where(f[column].isna() & (f[DELAYS].count(axis=1) == 3), np.nan, p)


def above_one_for_new_airlines(flights, risk):
    return np.where(flights["carrier"].str.strip().str.upper().isin(AIRLINES), risk, 1 + risk)


def no_storm_at(airport):
    """Low risks at one airport, so that a mean over all of them shows little."""
    return lambda f, p: np.where(
        f["origin"].str.strip().str.upper() == airport, p.clip(max=0.25), p
    )


def alarm_without_delays(flights, risk):
    return np.where((flights[DELAYS] == 0).all(axis=1), risk.clip(0.4), risk)


def alarm_when_nothing_is_known(flights, risk):
    return np.where(flights[DELAYS].isna().all(axis=1), risk.clip(0.6), risk)


def half_unless(column, usual):
    """Half the risk where a name is not written as usual."""
    return lambda f, p: np.where(f[column] == f[column].map(usual), p, 0.5 * p)


def by_position(flights):
    """Take the columns for what should stand in their place, names and numbers apart."""
    names = [column for column in flights.columns if column in NAMES]
    numbers = [column for column in flights.columns if column in NUMBERS]
    return flights.rename(columns=dict(zip([*names, *numbers], COLUMNS, strict=True)))
