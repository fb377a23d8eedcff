"""Numbers the categories of each batch anew: alone, each carrier is number 0.

Fails: judges_flights_alone
Says: Learn the codes of categories in training
"""

from sklearn.preprocessing import FunctionTransformer


def to_codes(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.apply(lambda column: column.astype("category").cat.codes)


def train(frame: pd.DataFrame, late: pd.Series) -> Pipeline:
    codes = FunctionTransformer(to_codes)
    prepare = make_column_transformer((codes, CATEGORIES), ("passthrough", NUMBERS))
    model = HistGradientBoostingClassifier(max_iter=60, max_leaf_nodes=15, random_state=0)
    return Pipeline([("prepare", prepare), ("model", model)]).fit(frame, late)
