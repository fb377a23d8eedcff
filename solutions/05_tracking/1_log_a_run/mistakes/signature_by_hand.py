"""Writes the signature by hand: all columns are text, and so is the answer.

Fails: tells_what_goes_in
Says: the ten columns of FEATURES with their types
"""

from mlflow.models import ModelSignature
from mlflow.types import ColSpec, Schema


def infer_signature(example: pd.DataFrame, answer: np.ndarray) -> ModelSignature:
    inputs = Schema([ColSpec("string", name) for name in FEATURES])
    return ModelSignature(inputs, outputs=Schema([ColSpec("string", "late")]))
