"""Takes an airline that was not in training for garbage.

Fails: answers_rare_flights
Says: an airline that was not in training
"""


class RobustModel:
    def __init__(self, frame: pd.DataFrame, late: pd.Series) -> None:
        rng = np.random.default_rng(0)
        rows = _prepare(frame)
        masked = [_mask(rows, rng) for _ in range(2)]
        codes = OrdinalEncoder()
        self.model = make_pipeline(
            make_column_transformer((codes, NAMES), remainder="passthrough"),
            HistGradientBoostingClassifier(
                max_iter=60, max_leaf_nodes=15, early_stopping=False, random_state=0
            ),
        )
        self.model.fit(pd.concat([rows, *masked]), np.tile(late, 3))
