"""A tree that is grown until each leaf is pure learns its rows by heart and is always certain.

Fails: gives_probabilities
Says: Return probabilities, not decisions
"""

from sklearn.tree import DecisionTreeClassifier


def train(frame: pd.DataFrame, late: pd.Series) -> Pipeline:
    codes = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)
    prepare = make_column_transformer((codes, CATEGORIES), ("passthrough", NUMBERS))
    model = DecisionTreeClassifier(random_state=0)
    return Pipeline([("prepare", prepare), ("model", model)]).fit(frame, late)
