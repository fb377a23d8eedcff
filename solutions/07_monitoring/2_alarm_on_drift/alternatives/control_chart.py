"""Keep a control chart of a few numbers a week: means, shares of categories, shares of gaps.

Each number has a level, an exponentially weighted mean over quiet weeks that follows the season,
and a width that comes from how far the weeks of the reference were from theirs.
See Roberts (1959), Control chart tests based on geometric moving averages. Technometrics 1.
"""

import pandas as pd

NEWEST = 0.3  # weight of the newest quiet week
WIDTHS = 3.0
LEAST = 0.02  # of a mean, or two points of a share: less has no consequence


class DriftMonitor:
    """Alarms when one of a week's summaries leaves its band."""

    def __init__(self, reference: pd.DataFrame) -> None:
        self._means = reference[["distance", "hour"]].mean()
        carriers = reference["carrier"].value_counts(normalize=True)
        self._frequent = {
            "carrier": carriers.index[carriers > 0.03],
            "origin": reference["origin"].dropna().unique(),
        }
        weeks = pd.DataFrame([self._summarise(week) for _, week in reference.groupby("week")])
        levels = weeks.ewm(alpha=NEWEST).mean()
        surprise = (weeks - levels.shift()).abs().iloc[3:].max()
        self._band = WIDTHS * surprise.clip(lower=LEAST)
        self._level = levels.iloc[-1]

    def update(self, batch: pd.DataFrame) -> bool:
        """Tell whether this week's batch has drifted."""
        now = self._summarise(batch)
        alarm = bool(((now - self._level).abs() > self._band).any())
        if not alarm:
            self._level = NEWEST * now + (1 - NEWEST) * self._level
        return alarm

    def _summarise(self, batch: pd.DataFrame) -> pd.Series:
        """Describe a week: means as shares of the reference's, frequent categories, gaps."""
        means = batch[["distance", "hour"]].mean() / self._means
        shares = {
            c: (batch[c].value_counts() / len(batch)).reindex(names, fill_value=0)
            for c, names in self._frequent.items()
        }
        gaps = batch.isna().mean().add_prefix("no_")
        return pd.concat([means, pd.concat(shares), gaps])
