"""A model is trained on winter and asked about later weeks, whose labels it never sees."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbench.authoring import calendar, criterion, scenarios

CATEGORIES = ["carrier", "origin"]
WEATHER = ["precip_3h", "visib"]
DELAYS = ["delay_origin_3h", "delay_city_3h", "delay_carrier_6h", "delay_dest_6h"]
FEATURES = [*CATEGORIES, "distance", "hour", *WEATHER, *DELAYS]
THRESHOLD = 1 / 6  # a miss costs 5, a false alarm 1
ROUNDING = 1e-9  # threads may add in another order
UNSEEN = ["AC", "BA", "KL", "LH", "NK", "SY"]


@criterion(points=0, hint="Terms: classes_, class_weight.")
def gives_probabilities(learner, world, limits, evidence):
    """Each flight of later weeks gets a probability of being late, and the sizes are right."""
    flights = real_flights(world)

    chance = chances(train(learner, flights), flights.later)

    certain, level, rate = np.isin(chance, [0, 1]).mean(), chance.mean(), flights.truth.mean()
    evidence.number("certain", certain)
    evidence.number("level", abs(level - rate))
    seen = f"Their mean was {level:.0%}, and {rate:.0%} of these flights were late"
    assert certain <= limits.certain, (
        "Return probabilities, not decisions: what is sure and what is likely should differ. "
        f"{certain:.0%} of the flights got exactly 0 or 1; the limit is {limits.certain:.0%}."
    )
    assert abs(1 - level - rate) > limits.level, (
        "Put the probabilities of being late, of `True`, into the second column. "
        f"{seen}: these look like the probabilities of being on time."
    )
    assert abs(level - rate) <= limits.level, (
        f"Keep the probabilities as large as the shares of late flights. {seen}; the limit is a "
        f"difference of {100 * limits.level:.0f} points. Do class weights change the shares?"
    )


@criterion(points=0, requires="gives_probabilities", hint="Term: sklearn.dummy.DummyClassifier.")
def saves_money(learner, world, limits, evidence):
    """From April to December, its decisions cost less than the best constant decision."""
    flights = real_flights(world)

    chance = chances(train(learner, flights), flights.later)

    def interval(costs):
        return scenarios.day_block_interval(1000 * costs, flights.days, world.rng("days"))

    ways = {
        "constant decision": flights.costs(flights.constant),
        "delay_city_3h alone": flights.costs(flights.one_feature("delay_city_3h")),
        "your model": flights.costs(chance),
    }
    saved = interval(ways["constant decision"] - ways["your model"])
    evidence.number("saved", saved.low)
    rows = {name: interval(costs) for name, costs in ways.items()}
    evidence.intervals("Cost of the decisions, April to December", rows, unit="per 1,000 flights")
    assert saved.low > limits.saved, (
        "Decide better than one decision for all flights does. In 1,000 flights you saved "
        f"{saved.mid:.0f} (90 % interval {saved.low:.0f} to {saved.high:.0f}); all of the "
        f"interval should be above {limits.saved:.0f}. Do probabilities differ between flights?"
    )


@criterion(points=4, requires="saves_money", hint="Do all ten columns reach the classifier?")
def learns_the_labels(learner, world, limits, evidence):
    """With labels drawn today from a new relation, most of what can be saved is saved."""
    flights = planted_flights(world)

    model = train(learner, flights)
    chance = chances(model, flights.later)
    told = {name: follows(model, flights, name, world.rng("dealt", name)) for name in CATEGORIES}
    turned = learner.new("train", flights.training[:2000], ~flights.labels[:2000])

    singles = {column: flights.gain(flights.one_feature(column)) for column in FEATURES}
    best, gain = max(singles, key=singles.get), flights.gain(chance)
    evidence.number("gain", gain)
    bars = {f"{best} alone": singles[best], "your model": gain, "true probabilities": 1.0}
    evidence.bars("Share of the possible saving", bars, limit=limits.gain)
    assert np.ptp([chance, chances(turned, flights.later)], axis=0).max() > ROUNDING, (
        "Learn from `late`. With labels turned around, `True` for `False`, the model gave every "
        "flight the same probability as before."
    )
    assert gain >= limits.gain, (
        "Use all ten columns: each has a part in today's labels. Your decisions saved "
        f"{gain:.0%} of what the true probabilities save; at least {limits.gain:.0%} is asked "
        f"for. The best single column, `{best}`, saves {singles[best]:.0%}."
    )
    least = min(told, key=told.get)
    evidence.number("told", told[least])
    assert told[least] >= limits.told, (
        f"Use `{least}`: it has a part in today's labels. When its names were dealt anew to the "
        "flights, the true probabilities moved; the correlation with the moves of yours was "
        f"{told[least]:.2f}, and at least {limits.told} is asked for."
    )


@criterion(
    points=2,
    requires="learns_the_labels",
    hint="Term: random_state. Boosting draws, too, when it stops early (above 10,000 rows).",
)
def repeats_itself(learner, world, limits, evidence):
    """The same rows and labels give the same model again."""
    flights = one_later_week(world, rows=850)

    first = chances(train(learner, flights), flights.later)
    with learner.another(learner.submission) as later:  # where no training is remembered
        later.new("train", flights.training[:2000], flights.labels[:2000])
        second = chances(train(later, flights), flights.later)

    advice = "Fix the seed of each step that draws random numbers. By two trainings on equal rows,"
    expect_same(flights.later, first, second, advice)


@criterion(points=2, requires="learns_the_labels", hint="Term: fit and transform.")
def judges_flights_alone(learner, world, limits, evidence):
    """A flight gets the same probability alone as among others."""
    flights, rng = one_later_week(world), world.rng("rows")
    gaps = flights.later.isna().any(axis=1)
    whole, gappy = (flights.later[g].sample(12, random_state=rng) for g in (~gaps, gaps))
    rows = pd.concat([whole, gappy])

    model = train(learner, flights)
    among = chances(model, flights.later)[flights.later.index.get_indexer(rows.index)]
    alone = np.concatenate([chances(model, rows.iloc[[i]]) for i in range(len(rows))])

    advice = "Learn the codes of categories in training. Among others and alone,"
    expect_same(whole, among[:12], alone[:12], advice)
    advice = "Fill gaps with values learnt in training. Among others and alone,"
    expect_same(gappy, among[12:], alone[12:], advice)


@criterion(points=1, requires="judges_flights_alone", hint="Term: handle_unknown.")
def meets_an_unseen_carrier(learner, world, limits, evidence):
    """Flights of a carrier that never flew in winter get probabilities, too, each its own."""
    change = {"carrier": str(world.rng("carrier").choice(UNSEEN))}
    expect_own_answers(learner, world, change, "of a new carrier")


@criterion(points=1, requires="judges_flights_alone", hint="Where can gaps be?")
def lives_without_weather(learner, world, limits, evidence):
    """When the weather feed is silent, flights get probabilities, too, each its own."""
    silent = dict.fromkeys(WEATHER, np.nan)
    expect_own_answers(learner, world, silent, "without weather")


@criterion(points=1, requires="judges_flights_alone", hint="Term: ColumnTransformer.")
def finds_columns_by_name(learner, world, limits, evidence):
    """Columns may come in another order."""
    flights = one_later_week(world)
    other = [*reversed(CATEGORIES), *world.rng("order").permutation(FEATURES[2:])]

    model = train(learner, flights)
    before, after = (chances(model, flights.later[order]) for order in (FEATURES, other))

    advice = "Choose columns by their names. With columns in the order of training and in another,"
    expect_same(flights.later, before, after, advice)


@dataclass(frozen=True)
class Flights:
    """Rows to train on and later ones; what is true of the later ones stays with the judge.

    The truth is whether a flight was late or, where labels are drawn, how probable that was.
    """

    training: pd.DataFrame
    labels: pd.Series
    later: pd.DataFrame
    truth: np.ndarray
    days: np.ndarray
    relation: scenarios.Relation | None = None

    def costs(self, chance):
        """Expected cost of the decision about each flight."""
        return scenarios.flight_costs(self.truth, chance >= THRESHOLD)

    @property
    def constant(self):
        """The better of never and always deciding that a flight is late."""
        always = np.ones(len(self.later))
        return min((0 * always, always), key=lambda chance: self.costs(chance).sum())

    def gain(self, chance):
        """Share of the saving of the true probabilities, against the constant decision."""
        constant, seen, best = (self.costs(c).sum() for c in (self.constant, chance, self.truth))
        return (constant - seen) / (constant - best)

    def one_feature(self, column):
        """Shares of late flights in training, by name or by twentieth of one column."""
        values = pd.concat([self.training[column], self.later[column]], ignore_index=True)
        groups = values if column in CATEGORIES else pd.qcut(values, 20, duplicates="drop")
        groups, known = groups.astype(str), len(self.training)
        rates = self.labels.groupby(groups[:known]).mean()
        return groups[known:].map(rates).fillna(self.labels.mean()).to_numpy()


def real_flights(world, later_weeks=calendar.LIVE_WEEKS[::3], rows=500):
    """January to March to train on, later weeks to be judged by."""
    training = rows_of(world, calendar.TRAINING_WEEKS, rows)
    later = rows_of(world, later_weeks, 600)
    later = later[later["carrier"].isin(training["carrier"])]  # new ones have a check of their own
    truth, days = later["late"].to_numpy(), later["date"].to_numpy()
    return Flights(training[FEATURES], training["late"], later[FEATURES], truth, days)


def one_later_week(world, rows=200):
    """Enough where it does not matter how good the model is."""
    return real_flights(world, [world.rng("week").choice(calendar.LIVE_WEEKS)], rows)


def rows_of(world, weeks, rows):
    """Rows from each week, all with weather: gaps in it have a check of their own."""
    columns = ["date", *FEATURES, "late"]
    drawn = world.weeks(weeks, columns, rows)
    return drawn.dropna(subset=WEATHER).reset_index(drop=True)


def planted_flights(world):
    """The same rows, but their labels are drawn from a relation that is drawn before."""
    real, rng = real_flights(world), world.rng("relation")
    relation = scenarios.Relation.draw(real.training, rng, rate=rng.uniform(0.15, 0.25))
    labels = pd.Series(relation.labels(real.training, rng), name="late")
    truth = relation.probability(real.later)
    return Flights(real.training, labels, real.later, truth, real.days, relation)


def follows(model, flights, column, rng):
    """Correlation of the model's moves with the true ones, when a column is dealt anew."""
    names = flights.later[column].to_numpy()[rng.permutation(len(flights.later))]
    dealt = flights.later.assign(**{column: names})
    moves = chances(model, dealt) - chances(model, flights.later)
    due = flights.relation.probability(dealt) - flights.truth
    return float(np.corrcoef(moves, due)[0, 1]) if np.ptp(moves) > ROUNDING else 0.0


def train(learner, flights):
    return learner.new("train", flights.training, flights.labels)


def chances(model, rows):
    """Ask for the probability of being late of each row."""
    answer = model.call("predict_proba", rows, returns=np.ndarray)
    assert answer.shape == (len(rows), 2), (
        "Return one row of two probabilities for each flight, those with gaps as well. "
        f"{len(rows)} flights were given; `predict_proba` returned shape {answer.shape}."
    )
    numbers = answer.astype(float) if answer.dtype.kind in "fiub" else np.full(answer.shape, np.nan)
    fine = (numbers >= 0) & (np.abs(numbers.sum(axis=1, keepdims=True) - 1) < 1e-6)
    assert fine.all(), (
        "Return probabilities: numbers between 0 and 1, the two of a flight with the sum 1. "
        f"`predict_proba` returned {answer[~fine.all(axis=1)][0]} for a flight."
    )
    return numbers[:, 1]


def expect_own_answers(learner, world, change, which):
    """Flights that are changed get each its own probability, and the others keep theirs."""
    flights = one_later_week(world)
    order = world.rng("changed").permutation(len(flights.later))
    rest, some = np.array_split(order, 2)
    others, changed = flights.later.iloc[rest], flights.later.iloc[some].assign(**change)

    model = train(learner, flights)
    apart = [chances(model, changed), chances(model, others)]
    together = chances(model, pd.concat([changed, others]))

    assert np.ptp(apart[0]) > ROUNDING, (
        f"Go on with the other columns: flights {which} differ by them. All {len(changed)} of "
        f"them got the probability {apart[0][0]:.3f}."
    )
    advice = (
        f"Judge each flight by its own ten values. Flights {which} and the others were asked "
        "about apart, and together:"
    )
    expect_same(pd.concat([changed, others]), np.concatenate(apart), together, advice)


def expect_same(rows, before, after, advice):
    """Compare two probabilities of each flight; show the flight whose moved most."""
    moves = np.abs(before - after)
    most = int(moves.argmax())
    flight = ", ".join(f"{name} {value}" for name, value in rows.iloc[most].items())
    assert moves[most] <= ROUNDING, (
        f"{advice} the probabilities should be the same; the flight ({flight}) got "
        f"{before[most]:.3f} and {after[most]:.3f}."
    )
