"""Splits with the gap, but trains for the estimate up to the day before the block.

Fails: believes_known_labels_only
Says: Train on labels that are known by then
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
    costs = []
    for training, test in SplitByTime(n_splits, test_days, 0).split(frame, groups=times):
        model = make_model().fit(frame.iloc[training], late.iloc[training])
        costs.append(cost(late.iloc[test], model.predict_proba(frame.iloc[test])[:, 1]))
    return costs
