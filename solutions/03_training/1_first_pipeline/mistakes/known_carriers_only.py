"""One column a carrier, and an error for a carrier that has none.

Fails: meets_an_unseen_carrier
Says: Found unknown categories
"""

from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler


def train(frame: pd.DataFrame, late: pd.Series) -> Pipeline:
    numbers = make_pipeline(SimpleImputer(add_indicator=True), StandardScaler())
    categories = OneHotEncoder()
    prepare = make_column_transformer((categories, CATEGORIES), (numbers, NUMBERS))
    model = LogisticRegression(max_iter=1000)
    return Pipeline([("prepare", prepare), ("model", model)]).fit(frame, late)
