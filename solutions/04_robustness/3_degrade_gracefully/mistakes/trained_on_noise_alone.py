"""Trains on rows with so much noise that storms and calm can't be told apart.

Fails: decides_well_in_calm_weeks
Says: Don't pay for bad days on all other days
"""


class RobustModel:
    def __init__(self, frame: pd.DataFrame, late: pd.Series) -> None:
        rng = np.random.default_rng(0)
        rows = _prepare(frame)
        masked = [shake(_mask(rows, rng), rng) for _ in range(3)]
        codes = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)
        self.model = make_pipeline(
            make_column_transformer((codes, NAMES), remainder="passthrough"),
            HistGradientBoostingClassifier(
                max_iter=60, max_leaf_nodes=15, early_stopping=False, random_state=0
            ),
        )
        self.model.fit(pd.concat(masked), np.tile(late, 3))


def shake(rows: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Multiply delays by anything between nothing and ten."""
    return rows.assign(**{c: rows[c].abs() * rng.exponential(3, len(rows)) for c in DELAYS})
