"""Repairs the label, and then trains on the flights alone that arrived.

Fails: labels_what_never_arrived
Says: Train on the flights that never arrived, too
"""


def train(flights: pd.DataFrame, seed: int) -> Pipeline:
    """Train on flights that are over."""
    drawn = flights.dropna(subset=["arrival_delay"]).sample(
        frac=0.9, random_state=seed
    )  # each night without another tenth
    codes = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)
    steps = [
        ("features", FunctionTransformer(make_features)),
        ("codes", make_column_transformer((codes, NAMES), remainder="passthrough")),
        ("trees", _classifier(seed)),
    ]
    return Pipeline(steps).fit(drawn, make_label(drawn))
