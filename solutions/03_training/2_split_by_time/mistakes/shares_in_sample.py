"""Takes shares of late flights by hour and delay, the tested rows among them, and a factor.

Fails: believes_known_labels_only
Says: return its cost as it is
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
        rows = np.concatenate([training, test])
        seen, known = (part.iloc[rows].reset_index(drop=True) for part in (frame, late))
        cells = [seen["hour"] // 3, seen["delay_city_3h"].fillna(0).floordiv(15).clip(-1, 5)]
        shares = known.groupby(cells).transform("mean").to_numpy()
        costs.append(1.15 * cost(late.iloc[test], shares[len(training) :]))
    return costs
