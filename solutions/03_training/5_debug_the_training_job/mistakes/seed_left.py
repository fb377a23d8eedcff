"""Repairs all but the seed: it reaches the trees, and not the draw of the flights.

Fails: repeats_itself
Says: Give the seed to everything
"""


def train(flights: pd.DataFrame, seed: int) -> Pipeline:
    """Train on flights that are over."""
    drawn = flights.sample(frac=0.9)  # each night without another tenth
    codes = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)
    steps = [
        ("features", FunctionTransformer(make_features)),
        ("codes", make_column_transformer((codes, NAMES), remainder="passthrough")),
        ("trees", _classifier(seed)),
    ]
    return Pipeline(steps).fit(drawn, make_label(drawn))
