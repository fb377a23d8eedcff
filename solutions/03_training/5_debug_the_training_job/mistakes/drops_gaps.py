"""Drops flights with gaps from training and from the answer.

Fails: still_learns
Says: Give two probabilities
"""


def train(flights: pd.DataFrame, seed: int) -> Pipeline:
    """Train on flights that are over."""
    drawn = flights.dropna().sample(frac=0.9, random_state=seed)  # each night without another tenth
    codes = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)
    steps = [
        ("features", FunctionTransformer(lambda rows: make_features(rows).dropna())),
        ("codes", make_column_transformer((codes, NAMES), remainder="passthrough")),
        ("trees", _classifier(seed)),
    ]
    return Pipeline(steps).fit(drawn, make_label(drawn))
