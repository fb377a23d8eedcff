"""Randomness that depends on names alone: the same draw on every machine, in any order."""

from __future__ import annotations

import hashlib
import json
import math
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
Positions: TypeAlias = npt.NDArray[np.intp]


def generator(seed: int | str, *names: object) -> np.random.Generator:
    """Make the random generator that belongs to a seed and a path of names.

    Names are compared as text. Other names give an independent generator, so a draw never
    depends on which other draws were made before it.

    Examples
    --------
    >>> int(generator(7, "week", 20).integers(1000))
    737
    >>> int(generator(7, "week", 20).integers(1000))
    737
    """
    path = json.dumps([str(seed), *map(str, names)]).encode()
    return np.random.Generator(np.random.PCG64(int.from_bytes(hashlib.sha256(path).digest())))


def pick(size: int, share: float, rng: np.random.Generator) -> Positions:
    """Pick a share of ``size`` rows without replacement, rounded up to a whole row.

    A larger share, drawn by an equal generator, holds the smaller one.
    """
    # 0.1 * 30 is a little more than 3: without the tolerance a fourth row would be picked.
    count = math.ceil(share * size - 1e-9)
    return rng.permutation(size)[:count]


def draw(weights: Floats, size: int, rng: np.random.Generator) -> Positions:
    """Draw ``size`` rows in proportion to their weights, as nearly without repeats as can be.

    Row *i* is drawn ``size * weights[i] / sum(weights)`` times, rounded down or up, never more.
    Equal weights therefore give a plain sample without replacement, and at full size the rows
    themselves. Rows are laid out by weight, so that a group of equal weight gets its exact share.

    Parameters
    ----------
    weights
        One finite weight >= 0 per row, not all zero.
    size
        Number of rows to draw.
    rng
        The source of chance.

    Returns
    -------
    ndarray of int, shape (size,)
        Positions of the drawn rows, ascending.

    References
    ----------
    Madow (1949), On the theory of systematic sampling, II. Annals of Mathematical Statistics 20.
    """
    shuffled = rng.permutation(len(weights))
    order = shuffled[np.argsort(weights[shuffled], kind="stable")]
    edges = np.cumsum(weights[order])
    points = (np.arange(size) + rng.random()) * (edges[-1] / size)
    hits = np.searchsorted(edges, points, side="right")
    # The last point may be rounded up to the last edge itself.
    return np.sort(order[np.minimum(hits, len(weights) - 1)])
