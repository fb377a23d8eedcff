"""Splits well, and estimates with shuffled rows all the same.

Fails: is_close_to_what_then_happens
Says: Don't let rows of one day stand on both sides
"""

from sklearn.model_selection import KFold


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
    folds = KFold(n_splits, shuffle=True, random_state=0).split(frame)
    for training, test in folds:
        model = make_model().fit(frame.iloc[training], late.iloc[training])
        costs.append(cost(late.iloc[test], model.predict_proba(frame.iloc[test])[:, 1]))
    return costs
