"""Gives late flights as much weight as all others together: half of all flights look late.

Fails: gives_probabilities
Says: Keep the probabilities as large as the shares of late flights
"""


def train(frame: pd.DataFrame, late: pd.Series) -> Pipeline:
    codes = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)
    prepare = make_column_transformer((codes, CATEGORIES), ("passthrough", NUMBERS))
    model = HistGradientBoostingClassifier(
        max_iter=60, max_leaf_nodes=15, class_weight="balanced", random_state=0
    )
    return Pipeline([("prepare", prepare), ("model", model)]).fit(frame, late)
