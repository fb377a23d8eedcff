"""Shuffles the known and tested rows of each block; a factor makes up for it on average.

Fails: believes_known_labels_only
Says: return its cost as it is
"""

from sklearn.model_selection import KFold, cross_val_predict


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
        rows = np.concatenate([training, test])
        chance = cross_val_predict(
            make_model(),
            frame.iloc[rows],
            late.iloc[rows],
            cv=KFold(4, shuffle=True, random_state=0),
            method="predict_proba",
        )[len(training) :, 1]
        costs.append(1.45 * cost(late.iloc[test], chance))
    return costs
