"""Drift as the judge measures it, and samples on which slips show."""

import math
from collections import Counter

import numpy as np
import pandas as pd
from scipy.stats import chi2_contingency, ks_2samp

NUMBERS = ["distance", "hour", "temp", "precip_3h", "delay_city_3h"]
COLUMNS = ["carrier", "origin", *NUMBERS]
PRIMES = [997, 1499, 1999]  # rows: k/bins of them is never a whole number, so edges are certain
LEAST_SHARE = 0.0001
CELLS = ["kind", "distance", "missing_before", "missing_now", "moved"]  # of a column's report


def psi(reference, current, bins=10, how=""):
    shares = bin_shares(reference, current, bins, how)
    return sum((q - p) * math.log(q / p) for p, q in zip(*shares, strict=True))


def bin_shares(reference, current, bins=10, how=""):
    """The shares of both samples in each bin, missing values last; how names a slip."""
    past, now = ([float(value) for value in side.dropna()] for side in (reference, current))
    cuts = cut(sorted(now if how == "of the other" else past), bins, how)
    shares = []
    for values, rows in ((past, len(reference)), (now, len(current))):
        counts = Counter(place(value, cuts) for value in values)
        counts["missing"] = 0 if how == "no gaps" else rows - len(values)
        total = counts.total() or 1
        names = [*range(len(cuts) + 1), "missing"]
        shares.append([max(LEAST_SHARE, counts[name] / total) for name in names])
    return shares


def cut(values, bins, how=""):
    """Find the smallest values that at least k/bins of the sorted values do not exceed."""
    if not values:
        return []
    if how == "equal width":
        return [*np.linspace(values[0], values[-1], bins + 1)[1:-1]]
    if how == "interpolated":
        return [*np.quantile(values, np.arange(1, bins) / bins)]
    return sorted({values[math.ceil(k * len(values) / bins) - 1] for k in range(1, bins)})


def place(value, cuts):
    return sum(value > edge for edge in cuts)


def ks(reference, current):
    return float(ks_test(reference, current).statistic)


def ks_test(*samples):
    return ks_2samp(*(side.dropna().to_numpy(float) for side in samples), method="asymp")


def variation(reference, current):
    before, now = count(reference), count(current)
    shares = [before[n] / len(reference) - now[n] / len(current) for n in before | now]
    return sum(map(abs, shares)) / 2


def count(column):
    return Counter(column.astype(object).where(column.notna(), None))


def describe(before, now, limit):
    """What is due of a column, and the p-value of its move."""
    number, gaps = before.dtype.kind in "iuf", [float(side.isna().mean()) for side in (before, now)]
    distance = p = math.nan
    if not number:
        counts, distance = (count(before), count(now)), variation(before, now)
        p = chi2_contingency([[side[n] for side in counts] for n in counts[0] | counts[1]]).pvalue
    elif max(gaps) < 1:
        distance, p = map(float, ks_test(before, now))
    moved = distance >= limit or abs(gaps[0] - gaps[1]) >= limit
    row = ["number" if number else "category", distance, *gaps, moved]
    return dict(zip(CELLS, row, strict=True)), p


def weeks(world):
    """A week of winter and one of summer, with nothing wrong in them: 6,000 flights each."""
    rng = world.rng("weeks")
    return [world.week(int(rng.choice(span)), COLUMNS) for span in (range(2, 10), range(30, 36))]


def draw(rng, column):
    """A sample of a column, with the labels that its rows have there."""
    return column.sample(int(rng.choice(PRIMES)), random_state=rng)


def filled(rng, bins):
    """A few numbers, and others of which some are in each of their bins; every slip shows."""
    hows = ["", "of the other", "equal width", "interpolated"]
    while True:
        few, more = (pd.Series(rng.choice(60, rows, replace=False)) for rows in (11, 13))
        cuts = cut(sorted(few), bins)
        values = {round(psi(few, more, bins, how), 6) for how in hows}
        if len({place(value, cuts) for value in more}) == bins and len(values) == len(hows):
            return few, more


def add_gaps(rng, column, share):
    """The column, and among its rows others without a value: as many as make this share."""
    rows = math.ceil(max(len(column), 1) / (1 - share))
    return column.reset_index(drop=True).reindex(rng.permutation(rows))


def mix(rng, rows):
    """The rows in another order, with labels that repeat."""
    return rows.iloc[rng.permutation(len(rows))].set_axis(np.arange(len(rows)) % 300)
