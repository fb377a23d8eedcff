"""Costs the better of two decisions for all flights instead of the model's.

Fails: is_close_to_what_then_happens
Says: Estimate the cost of the desk's model
"""


def estimate_costs(
    frame: pd.DataFrame,
    late: pd.Series,
    times: pd.Series,
    n_splits: int = 5,
    test_days: int = 7,
    gap_days: int = 7,
) -> list[float]:
    """Return what the desk's model would have cost in each test block."""
    splitter = SplitByTime(n_splits, test_days, gap_days)
    rates = [late.iloc[test].mean() for _, test in splitter.split(frame, groups=times)]
    return [1000 * float(min(5 * rate, 1 - rate)) for rate in rates]
