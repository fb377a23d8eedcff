"""Trains on everything and tests on rows of the training.

Fails: is_close_to_what_then_happens
Says: Test on rows that the model was not trained on
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
    model = make_model().fit(frame, late)
    splitter = SplitByTime(n_splits, test_days, gap_days)
    return [
        cost(late.iloc[test], model.predict_proba(frame.iloc[test])[:, 1])
        for _, test in splitter.split(frame, groups=times)
    ]
