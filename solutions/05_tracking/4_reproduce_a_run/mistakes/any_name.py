"""Looks for the training data by their digest alone.

Fails: refuses_other_data
Says: There is no week-
"""


def _training(run: Run, archive: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the flights that the run was trained on."""
    for entry in run.inputs.dataset_inputs:
        if any(tag.key == "mlflow.data.context" and tag.value == "training" for tag in entry.tags):
            for frame in archive.values():
                if _digest(frame) == entry.dataset.digest:
                    return frame
    raise ValueError("other data")
