"""Scores of several shapes, and flights whose chances of being late are known."""

from typing import NamedTuple

import numpy as np
import pandas as pd

KNOWN = ["score", "late", "in_training"]  # the chance stays with the judge
PAST, NEW = 5000, 4000  # flights
WITH_TRAINING = 4 * PAST  # most of them in training, as it is in life
NO_LINE = 0.999  # correlation of score and probability; true ones of a usual model: below 0.95


class Model(NamedTuple):
    """From where to where a model's mean log odds, their spread, and a storm's share are drawn."""

    low: tuple
    high: tuple


# Were all of one spread, a curve known by heart would do for every rank of the score.
USUAL = Model((-2.8, 1.0, 1.0), (-2.0, 1.4, 2.0))
OTHERS = {
    "tells flights apart hardly at all": Model((-1.6, 0.25, 0.0), (-1.0, 0.35, 0.0)),
    "tells flights apart nearly perfectly": Model((-3.0, 3.5, 0.0), (-2.0, 4.5, 0.0)),
}


def flights(world, name, shape, past=PAST, new=NEW, model=USUAL):
    """Past and new flights with one shape of scores; two new ones lie beyond all past ones."""
    rng = world.rng("flights", name)
    mean, spread, storm = rng.uniform(*model)
    logit = rng.normal(mean, spread, past + new) + storm * (rng.random(past + new) < 0.25)
    logit[past : past + 2] = logit[:past].min() - 1, logit[:past].max() + 1
    chance = 1 / (1 + np.exp(-logit))
    late = rng.random(past + new) < chance
    columns = {"score": shape(logit), "late": late, "in_training": False, "chance": chance}
    frame = pd.DataFrame(columns)
    return frame[:past].copy(), frame[past:].reset_index(drop=True)


def margins(rng):
    """Scores without bounds, a straight line in the logit of the chance."""
    slope, shift = rng.uniform([0.6, 2.0], [1.6, 4.0])
    return lambda logit: slope * logit + shift


def drawn_shapes(rng):
    """Scores far from a straight line, at the low end of the chances or at the high one."""
    low, power, growth = rng.uniform([0.35, 1.8, 2.0], [0.45, 2.5, 2.6])
    return {
        "scores squeezed together": lambda logit: low + 0.2 / (1 + np.exp(-logit)),
        "scores bent upwards": lambda logit: (1 + np.exp(-logit)) ** -power,
        "scores with a few huge values": lambda logit: np.exp(growth * logit),
        "scores with a few values far below": lambda logit: -np.exp(-growth * logit),
    }


def drawn_prices(rng):
    """Costs of a miss and of a false alarm, by the way one says them."""
    prices = [(5, 1), (1, 1), (20, 1), tuple(rng.uniform(1, 30, 2).round(1).tolist())]
    return {f"{miss}:{false_alarm}": (miss, false_alarm) for miss, false_alarm in prices}
