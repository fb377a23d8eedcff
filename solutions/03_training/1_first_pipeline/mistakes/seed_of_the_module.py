"""Sets the seed once, when the module is imported: the second training draws on from there.

Fails: repeats_itself
Says: Fix the seed
"""

import numpy as np

np.random.seed(0)  # noqa: NPY002


def train(frame: pd.DataFrame, late: pd.Series) -> Pipeline:
    codes = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)
    prepare = make_column_transformer((codes, CATEGORIES), ("passthrough", NUMBERS))
    model = HistGradientBoostingClassifier(early_stopping=True)
    return Pipeline([("prepare", prepare), ("model", model)]).fit(frame, late)
