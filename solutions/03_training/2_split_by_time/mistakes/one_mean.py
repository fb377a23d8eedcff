"""Returns one mean for all blocks.

Fails: is_close_to_what_then_happens
Says: Return one cost for each block
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
    for training, test in SplitByTime(n_splits, test_days, gap_days).split(frame, groups=times):
        model = make_model().fit(frame.iloc[training], late.iloc[training])
        costs.append(cost(late.iloc[test], model.predict_proba(frame.iloc[test])[:, 1]))
    return [float(np.mean(costs))]
