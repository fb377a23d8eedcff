"""Trains one model for all blocks, on what was known before the first.

Fails: believes_known_labels_only
Says: Train anew for each block
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
    folds = list(SplitByTime(n_splits, test_days, gap_days).split(frame, groups=times))
    first = folds[0][0]
    model = make_model().fit(frame.iloc[first], late.iloc[first])
    for _, test in folds:
        costs.append(cost(late.iloc[test], model.predict_proba(frame.iloc[test])[:, 1]))
    return costs
