"""Fills gaps with the means of the rows that are asked about, whichever those are.

Fails: judges_flights_alone
Says: Fill gaps with values learnt in training
"""

from sklearn.preprocessing import FunctionTransformer, OrdinalEncoder


def fill(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.fillna(rows.mean())


def train(frame: pd.DataFrame, late: pd.Series) -> Pipeline:
    codes = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)
    prepare = make_column_transformer((codes, CATEGORIES), (FunctionTransformer(fill), NUMBERS))
    model = HistGradientBoostingClassifier(max_iter=60, max_leaf_nodes=15, random_state=0)
    return Pipeline([("prepare", prepare), ("model", model)]).fit(frame, late)
