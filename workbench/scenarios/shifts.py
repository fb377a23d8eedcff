"""Drift: what is written is right; the world has changed."""

from __future__ import annotations

import ast
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbench.scenarios.draws import Floats, pick
from workbench.scenarios.errors import ScenarioError, require
from workbench.scenarios.events import (
    ANYTHING,
    BOOLEANS,
    HOURS,
    ColumnEvent,
    Event,
    Kind,
    Resampling,
    require_share,
)

LABEL = "late"


@dataclass(frozen=True)
class CovariateShift(ColumnEvent, Resampling):
    """Other flights come: rows are drawn by the value of one column.

    The label still depends on the features as before, so P(x) moves and P(y | x) does not. A week
    without any contrast in the column (rain in a dry week) cannot move.

    Parameters
    ----------
    column
        Numbers or points in time; anything if ``towards`` is given.
    tilt
        At strength 1, the row of the highest rank is ``exp(tilt)`` times as likely to come as the
        row of the lowest; weights are exponential in the rank. Ranks, because with the values of
        a long-tailed column (rain) a handful of rows would make up the batch. A missing value
        ranks in the middle.
    towards
        If given, rows with this value are ``exp(tilt)`` times as likely as all others.

    References
    ----------
    Shimodaira (2000), Improving predictive inference under covariate shift by weighting the
    log-likelihood function. Journal of Statistical Planning and Inference 90.
    """

    tilt: float
    towards: str | float | bool | None = None
    sentence = "Flights come in another mix of '{self.column}'."

    def __post_init__(self) -> None:
        require(
            math.isfinite(self.tilt) and self.tilt != 0,
            f"CovariateShift needs a finite tilt other than 0, not {self.tilt}.",
        )

    @property
    def needs(self) -> Mapping[str, Kind]:
        """The column; only what has an order can be ranked."""
        return {self.column: HOURS if self.towards is None else ANYTHING}

    def weigh(self, frame: pd.DataFrame, weights: Floats, strength: float) -> Floats:
        """Multiply the weights by ``exp(tilt * strength * score)``, with scores in [0, 1]."""
        values = frame[self.column]
        score = _rank(values) if self.towards is None else values.eq(self.towards)
        factor = np.exp(self.tilt * strength * score.to_numpy(dtype=np.float64))
        # Machines differ in the last digit of exp; a draw must not depend on it.
        return weights * factor.round(12)


@dataclass(frozen=True)
class LabelShift(Resampling):
    """More flights (or fewer) are late, each kind of flight as it was: P(y) moves, P(x | y) not.

    Where a week has too few late flights for the rate, some of them come twice.

    Parameters
    ----------
    rate
        The share of late flights at strength 1; in between it moves in proportion.

    References
    ----------
    Lipton, Wang and Smola (2018), Detecting and correcting for label shift with black box
    predictors. ICML.
    """

    rate: float
    sentence = "The share of late flights goes to {self.rate:.0%}."

    def __post_init__(self) -> None:
        require_share(self, "rate", self.rate)

    @property
    def needs(self) -> Mapping[str, Kind]:
        """The label."""
        return {LABEL: BOOLEANS}

    def weigh(self, frame: pd.DataFrame, weights: Floats, strength: float) -> Floats:
        """Scale late and on-time rows so that their weights have the wanted ratio."""
        late = frame[LABEL].to_numpy(dtype=bool)
        natural = float(weights[late].sum() / weights.sum())
        require(0 < natural < 1, f"{self.name} needs both late and on-time flights in a batch.")
        wanted = natural + strength * (self.rate - natural)
        return weights * np.where(late, wanted / natural, (1 - wanted) / (1 - natural))


@dataclass(frozen=True)
class ConceptDrift(Event):
    """In one slice the label obeys other rules: P(y | x) moves, P(x) does not.

    Only ``late`` is changed: a stream that also carries delays would contradict itself.

    Parameters
    ----------
    slice
        A condition on the stream's columns, as ``DataFrame.query`` takes it. It may name the
        label: ``"origin == 'EWR' and hour >= 15 and not late"`` makes on-time flights late.
    flip
        The share of the slice whose label is flipped at strength 1.

    References
    ----------
    Gama et al. (2014), A survey on concept drift adaptation. ACM Computing Surveys 46.
    """

    slice: str
    flip: float
    sentence = "Where {self.slice}, {self.flip:.0%} of the labels are flipped."

    def __post_init__(self) -> None:
        require_share(self, "flip", self.flip)
        require(bool(self._columns), f"The slice {self.slice!r} names no column.")

    @property
    def needs(self) -> Mapping[str, Kind]:
        """The label, and the columns that the slice names."""
        return {**dict.fromkeys(self._columns, ANYTHING), LABEL: BOOLEANS}

    def change(
        self, frame: pd.DataFrame, rng: np.random.Generator, strength: float
    ) -> pd.DataFrame:
        """Flip the labels of the rows that are hit."""
        rows = np.flatnonzero(self._inside(frame))
        hit = rows[pick(len(rows), self.flip * strength, rng)]
        late = frame[LABEL].to_numpy(dtype=bool, copy=True)
        late[hit] = ~late[hit]
        return frame.assign(**{LABEL: late})

    @cached_property
    def _columns(self) -> list[str]:
        try:
            nodes = ast.walk(ast.parse(self.slice, mode="eval"))
        except SyntaxError:
            raise ScenarioError(f"The slice {self.slice!r} is not a condition.") from None
        return sorted({node.id for node in nodes if isinstance(node, ast.Name)})

    def _inside(self, frame: pd.DataFrame) -> npt.NDArray[np.bool_]:
        # pd.eval on the columns named: DataFrame.eval first wraps every column, at twice the time.
        columns = {column: frame[column] for column in self._columns}
        try:
            inside = pd.eval(self.slice, engine="python", local_dict=columns, global_dict={})
        except (NotImplementedError, TypeError, ValueError) as error:
            raise ScenarioError(f"The slice {self.slice!r} cannot be computed: {error}.") from error
        if not (isinstance(inside, pd.Series) and inside.dtype == bool):
            raise ScenarioError(f"The slice {self.slice!r} is not true or false for each row.")
        return inside.to_numpy()


def _rank(values: pd.Series) -> pd.Series:
    """Rank from 0 (lowest) to 1 (highest); equal values share the mean of their ranks."""
    rank = values.rank(method="average") - 1
    return (rank / max(int(values.count()) - 1, 1)).fillna(0.5)
