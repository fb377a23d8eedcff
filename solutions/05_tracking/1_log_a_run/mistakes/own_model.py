"""Makes a smaller model of its own, from the numbers alone.

Fails: holds_the_model
Says: Log the model that you measured
"""

from desk_model import NUMBERS
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler


def make_model(**settings: float) -> Pipeline:
    numbers = make_pipeline(SimpleImputer(), StandardScaler())
    prepare = ColumnTransformer([("numbers", numbers, NUMBERS)])
    classifier = LogisticRegression(**{"max_iter": 500, **settings})
    return Pipeline([("prepare", prepare), ("classifier", classifier)])
