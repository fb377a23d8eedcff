"""Keep a control chart of shares: of categories, of numbers below a quartile, of gaps.

Each share has a level, an exponentially weighted mean over quiet weeks that follows the season,
and a band as wide as the surprises that the weeks of the reference brought.
See Roberts (1959), Control chart tests based on geometric moving averages. Technometrics 1.
"""

import pandas as pd

NEWEST = 0.3  # weight of the newest quiet week
WIDTHS = 2.5  # times the largest surprise
LEAST = 0.02  # two flights in a hundred


class DriftMonitor:
    """Alarms when one of a week's shares leaves its band."""

    def __init__(self, reference: pd.DataFrame) -> None:
        self._quartiles = reference[["distance", "hour"]].quantile([0.25, 0.5, 0.75])
        carriers = reference["carrier"].value_counts(normalize=True)
        self._names = {"carrier": carriers.index[carriers > 0.03], "origin": ["EWR", "JFK", "LGA"]}
        weeks = pd.DataFrame([self._shares(week) for _, week in reference.groupby("week")])
        levels = weeks.ewm(alpha=NEWEST).mean()
        surprises = (weeks - levels.shift()).abs().iloc[3:]  # a level needs some weeks
        self._band = WIDTHS * surprises.max().clip(lower=LEAST)
        self._level = levels.iloc[-1]

    def update(self, batch: pd.DataFrame) -> bool:
        """Tell whether this week's batch has drifted."""
        shares = self._shares(batch)
        alarm = bool(((shares - self._level).abs() > self._band).any())
        if not alarm:
            self._level = NEWEST * shares + (1 - NEWEST) * self._level
        return alarm

    def _shares(self, batch: pd.DataFrame) -> pd.Series:
        """Describe a week by shares of its rows."""
        shares = {f"no {c}": share for c, share in batch.isna().mean().items()}
        for c, names in self._names.items():
            shares |= {f"{c} {name}": (batch[c] == name).mean() for name in names}
        for c, edges in self._quartiles.items():
            shares |= {f"{c} below {edge}": (batch[c] < edge).mean() for edge in edges}
        return pd.Series(shares)
