"""Makes one generator when the file is loaded: the second training draws on from there.

Fails: repeats_itself
Says: Give the seed to everything
"""

CHANCE = np.random.default_rng(0)


def train(flights: pd.DataFrame, seed: int) -> Pipeline:
    """Train on flights that are over."""
    drawn = flights.sample(frac=0.9, random_state=CHANCE)  # each night without another tenth
    codes = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)
    steps = [
        ("features", FunctionTransformer(make_features)),
        ("codes", make_column_transformer((codes, NAMES), remainder="passthrough")),
        ("trees", _classifier(seed)),
    ]
    return Pipeline(steps).fit(drawn, make_label(drawn))
