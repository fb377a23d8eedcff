"""A planted relation between features and label: known to the judge, to be learnt by a model."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbench.scenarios.draws import Floats
from workbench.scenarios.errors import require
from workbench.scenarios.events import TEXT, is_number

Bools = npt.NDArray[np.bool_]

_DRAWS = 8
_STRONGEST = 64.0  # logits for one standard deviation of an effect


@dataclass(frozen=True)
class NumberEffect:
    """A smooth effect of one column of numbers, levelling off at both ends.

    Parameters
    ----------
    column
        The column.
    centre, spread
        Where the effect is steepest, and how wide; in the column's unit.
    bend
        How much steeper it is above the centre than below; monotone between -0.5 and 0.5.
    missing
        The effect of a missing value, before the weight.
    weight
        Multiplies the effect.
    """

    column: str
    centre: float
    spread: float
    bend: float
    missing: float
    weight: float

    def step(self, frame: pd.DataFrame) -> Floats:
        """Return where each value lies, from -1 (low) to 1 (high); 0 where it is missing."""
        values = frame[self.column].to_numpy(dtype=np.float64, na_value=np.nan)
        return np.nan_to_num(np.tanh((values - self.centre) / self.spread))

    def of(self, frame: pd.DataFrame) -> Floats:
        """Return the effect on each row, in logits before the relation's strength."""
        step = self.step(frame)
        effect = step + self.bend * step**2
        missing = frame[self.column].isna().to_numpy()
        return self.weight * np.where(missing, self.missing, effect)


@dataclass(frozen=True)
class CategoryEffect:
    """An effect of each category; one that is missing or unknown has none."""

    column: str
    weights: Mapping[str, float]

    def of(self, frame: pd.DataFrame) -> Floats:
        """Return the effect on each row, in logits before the relation's strength."""
        known = frame[self.column].astype(object).map(self.weights)
        return np.asarray(known.fillna(0), dtype=np.float64)


@dataclass(frozen=True)
class Interaction:
    """Two numbers that do more together than each by itself."""

    first: NumberEffect
    second: NumberEffect
    weight: float

    def of(self, frame: pd.DataFrame) -> Floats:
        """Return the effect on each row, in logits before the relation's strength."""
        return self.weight * self.first.step(frame) * self.second.step(frame)


Effects: TypeAlias = tuple[NumberEffect | CategoryEffect | Interaction, ...]


@dataclass(frozen=True)
class Relation:
    """The probability of the label as a function of the features.

    A logistic model over smooth effects of all numbers, effects of all categories and one
    interaction. Labels drawn from it can be learnt from training rows only: no table of real
    labels, and no model that was made elsewhere, knows them.

    Parameters
    ----------
    effects
        What is added up, in logits.
    intercept, strength
        ``logit P(label) = intercept + strength * sum of the effects``.

    Examples
    --------
    >>> hours = pd.DataFrame({"hour": range(5, 23), "rain": [0.0, 0.1, 0.4] * 6})
    >>> relation = Relation.draw(hours, np.random.default_rng(7), rate=0.2, auc=0.8)
    >>> float(relation.probability(hours).mean().round(3)), round(relation.auc(hours), 3)
    (0.2, 0.8)
    >>> relation.labels(hours, np.random.default_rng(8)).dtype
    dtype('bool')
    """

    effects: Effects
    intercept: float
    strength: float

    @classmethod
    def draw(
        cls,
        frame: pd.DataFrame,
        rng: np.random.Generator,
        *,
        rate: float = 0.2,
        auc: float = 0.8,
    ) -> Self:
        """Draw a relation in which every column has a part, and none outweighs the others.

        Parameters
        ----------
        frame
            Rows of the features alone, numbers and text; at least two columns of numbers. They
            tell what is low and high in each column, and which categories there are.
        rng
            Decides direction, size and shape of each effect.
        rate
            Mean probability over these rows.
        auc
            Area under the ROC curve that the true probabilities reach on these rows: no model
            gets further.

        Raises
        ------
        ScenarioError
            If a column holds neither numbers nor text or never varies, if there are fewer than
            two columns of numbers, or if rate or area cannot be had.
        """
        require(0 < rate < 1, f"A rate lies between 0 and 1, not at {rate}.")
        require(0.5 < auc < 1, f"An area lies between 0.5 and 1, not at {auc}.")
        # Columns move together: by chance, one could tell nearly all that the others do.
        drawn = [_draw_effects(frame, rng) for _ in range(_DRAWS)]
        effects = min(drawn, key=lambda effects: _dominance(effects, frame))
        shape = cls(effects, 0.0, 1.0)._logit(frame)
        strength = _bisect(lambda s: _auc(_expit(s * shape + _level(s * shape, rate))), auc)
        require(strength < 0.99 * _STRONGEST, f"No relation of these rows has an area of {auc}.")
        return cls(effects, _level(strength * shape, rate), strength)

    def probability(self, frame: pd.DataFrame) -> Floats:
        """Return the probability of the label for each row, shape (rows,)."""
        # Machines differ in the last digits of tanh and exp; a draw must not depend on them.
        return _expit(self._logit(frame)).round(12)

    def labels(self, frame: pd.DataFrame, rng: np.random.Generator) -> Bools:
        """Draw a label for each row, shape (rows,)."""
        return rng.random(len(frame)) < self.probability(frame)

    def auc(self, frame: pd.DataFrame) -> float:
        """Return the area under the ROC curve that the true probabilities reach on average."""
        return _auc(self.probability(frame))

    def _logit(self, frame: pd.DataFrame) -> Floats:
        total = np.zeros(len(frame))
        for effect in self.effects:
            total += effect.of(frame)
        return self.intercept + self.strength * total


def _draw_effects(frame: pd.DataFrame, rng: np.random.Generator) -> Effects:
    numbers = [column for column in map(str, frame) if is_number(frame[column])]
    names = [column for column in map(str, frame) if column not in numbers]
    for column in names:
        require(TEXT.fits(frame[column]), f"'{column}' holds neither numbers nor text.")
    require(len(numbers) >= 2, f"A relation needs two columns of numbers, not {len(numbers)}.")
    # As many push up as down: columns that move together would else act as one.
    signs = rng.permutation(np.resize([1.0, -1.0], len(numbers)))
    steps = [_draw_number(frame, c, sign, rng) for c, sign in zip(numbers, signs, strict=True)]
    first, second = rng.choice(len(steps), size=2, replace=False)
    together = Interaction(steps[first], steps[second], 1.0)
    weight = float(rng.choice([-0.6, 0.6])) / _spread(together.of(frame), "The interaction")
    return (
        *steps,
        *(_draw_category(frame, column, rng) for column in names),
        Interaction(steps[first], steps[second], weight),
    )


def _dominance(effects: Effects, frame: pd.DataFrame) -> float:
    """Return the largest correlation of one effect with the sum of all."""
    parts = np.array([effect.of(frame) for effect in effects])
    total = parts.sum(axis=0)
    return float(np.abs(np.corrcoef(total, parts)[0, 1:]).max())


def _draw_number(
    frame: pd.DataFrame, column: str, sign: float, rng: np.random.Generator
) -> NumberEffect:
    """Draw an effect whose standard deviation over the rows is its drawn size."""
    size = sign * rng.uniform(0.6, 1.0)
    bend, missing = rng.uniform(-0.4, 0.4), rng.uniform(-0.5, 0.5)
    values = frame[column].dropna().to_numpy(dtype=np.float64)
    spread = _spread(values, f"'{column}'")
    unit = NumberEffect(column, float(values.mean()), spread, bend, missing, 1.0)
    weight = size / _spread(unit.of(frame), f"'{column}'")
    return NumberEffect(column, unit.centre, spread, bend, missing, weight)


def _draw_category(frame: pd.DataFrame, column: str, rng: np.random.Generator) -> CategoryEffect:
    names = sorted(frame[column].dropna().unique())
    require(len(names) >= 2, f"'{column}' never varies.")
    levels = rng.permutation(np.linspace(-1, 1, len(names)))
    unit = CategoryEffect(column, dict(zip(names, levels.tolist(), strict=True)))
    weight = rng.uniform(0.6, 1.0) / _spread(unit.of(frame), f"'{column}'")
    return CategoryEffect(column, {name: weight * unit.weights[name] for name in names})


def _spread(values: Floats | Sequence[float], what: str) -> float:
    spread = float(np.std(values)) if len(values) else 0.0
    require(spread > 0, f"{what} never varies.")
    return spread


def _level(logits: Floats, rate: float) -> float:
    """Find what to add to the logits so that the mean probability is the rate."""
    low = -float(np.abs(logits).max()) - 20
    return _bisect(lambda level: float(_expit(logits + level).mean()), rate, low, -low)


def _bisect(
    rising: Callable[[float], float], goal: float, low: float = 0.0, high: float = _STRONGEST
) -> float:
    for _ in range(30):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < goal else (low, middle)
    return (low + high) / 2


def _auc(probability: Floats) -> float:
    """Return the expected area of independent labels (Hanley and McNeil, 1982, Radiology 143)."""
    late = np.sort(probability)
    below = np.cumsum(1 - late) - (1 - late) / 2
    return float((late * below).sum() / (late.sum() * (1 - late).sum()))


def _expit(logits: Floats) -> Floats:
    return 0.5 * (1 + np.tanh(0.5 * logits))  # never overflows
