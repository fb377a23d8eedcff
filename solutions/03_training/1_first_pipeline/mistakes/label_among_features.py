"""Puts the label into the frame, and then trains on all columns of the frame.

Fails: gives_probabilities
Says: columns are missing: {'late'}
"""


def train(frame: pd.DataFrame, late: pd.Series) -> Pipeline:
    frame["late"] = late
    numbers = [column for column in frame if column not in CATEGORIES]
    codes = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)
    prepare = make_column_transformer((codes, CATEGORIES), ("passthrough", numbers))
    model = HistGradientBoostingClassifier(max_iter=60, max_leaf_nodes=15, random_state=0)
    return Pipeline([("prepare", prepare), ("model", model)]).fit(frame, frame["late"])
