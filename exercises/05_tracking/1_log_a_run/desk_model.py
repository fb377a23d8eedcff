"""The desk's model, made but not trained. The judge uses a copy of its own: don't change it."""

from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

NAMES = ["carrier", "origin"]
NUMBERS = [
    "distance",
    "hour",
    "precip_3h",
    "visib",
    "delay_origin_3h",
    "delay_city_3h",
    "delay_carrier_6h",
    "delay_dest_6h",
]
FEATURES = NAMES + NUMBERS


def make_model(**settings: float) -> Pipeline:
    """Make a model that takes the columns `FEATURES` and learns a column of bools.

    Parameters
    ----------
    **settings
        Parameters of scikit-learn's LogisticRegression by name, ``C=0.1`` for instance. Those
        that are left out get the desk's value, or else scikit-learn's default.

    Returns
    -------
    Pipeline
        Its last step is called ``classifier``.
    """
    prepare = ColumnTransformer(
        [
            ("names", OneHotEncoder(handle_unknown="ignore"), NAMES),
            ("numbers", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), NUMBERS),
        ]
    )
    classifier = LogisticRegression(**{"max_iter": 500, **settings})
    return Pipeline([("prepare", prepare), ("classifier", classifier)])
