"""Fills all gaps with 0, as if no news were good news.

Fails: survives_a_lost_feed
Says: Don't fill gaps with 0
"""


class RobustModel:
    def __init__(self, frame: pd.DataFrame, late: pd.Series) -> None:
        rows = _prepare(frame)
        codes = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)
        self.model = make_pipeline(
            make_column_transformer((codes, NAMES), remainder="passthrough"),
            HistGradientBoostingClassifier(
                max_iter=60, max_leaf_nodes=15, early_stopping=False, random_state=0
            ),
        )
        self.model.fit(rows, late)


def _prepare(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the ten features, with gaps where nothing is known."""
    rows = rows.reindex(columns=rows.columns.union(FEEDS, sort=False))
    _check(rows)
    rows = rows.astype(dict.fromkeys(FEEDS, float))
    stale = rows["delay_age"] > OLDEST
    rows[DELAYS] = rows[DELAYS].mask(stale)
    return rows[[*NAMES, "distance", "hour", *FEEDS]].fillna(0)
