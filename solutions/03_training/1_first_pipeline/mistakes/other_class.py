"""Trains on the flights that were on time, so the second column is their probability.

Fails: gives_probabilities
Says: these look like the probabilities of being on time
"""


def train(frame: pd.DataFrame, late: pd.Series) -> Pipeline:
    on_time = ~late
    codes = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)
    prepare = make_column_transformer((codes, CATEGORIES), ("passthrough", NUMBERS))
    model = HistGradientBoostingClassifier(max_iter=60, max_leaf_nodes=15, random_state=0)
    return Pipeline([("prepare", prepare), ("model", model)]).fit(frame, on_time)
