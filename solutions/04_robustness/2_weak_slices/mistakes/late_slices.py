"""Finds slices that are late more often than others, whatever the model said.

Fails: trusts_a_sound_model
Says: its own probabilities are what to compare with
"""


def weak_slices(flights: pd.DataFrame, late: pd.Series, probability: pd.Series) -> pd.DataFrame:
    """Report the slices whose gap is above 0, corrected for their number by Holm."""
    average = pd.Series(late.mean(), index=late.index)
    table = _measure(flights, late, average)
    p = stats.t.sf(table["gap"] / table["error"], table["days"] - 1)
    order = np.argsort(p)
    limits = ALPHA / (len(p) - np.arange(len(p)))
    passed = np.cumprod(p[order] <= limits).astype(bool)
    return table.iloc[order[passed]][COLUMNS]
