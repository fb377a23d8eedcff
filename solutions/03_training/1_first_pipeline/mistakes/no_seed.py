"""Leaves the seed out: above 10,000 rows, boosting stops by the score on rows drawn at random.

Fails: repeats_itself
Says: Fix the seed
"""


def train(frame: pd.DataFrame, late: pd.Series) -> Pipeline:
    codes = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)
    prepare = make_column_transformer((codes, CATEGORIES), ("passthrough", NUMBERS))
    model = HistGradientBoostingClassifier()
    return Pipeline([("prepare", prepare), ("model", model)]).fit(frame, late)
