"""Leaves out the names, which need preparation: the numbers alone save enough on many days.

Fails: learns_the_labels
Says: Use `carrier`
"""


def train(frame: pd.DataFrame, late: pd.Series) -> Pipeline:
    prepare = make_column_transformer(("passthrough", NUMBERS))
    model = HistGradientBoostingClassifier(max_iter=60, max_leaf_nodes=15, random_state=0)
    return Pipeline([("prepare", prepare), ("model", model)]).fit(frame, late)
