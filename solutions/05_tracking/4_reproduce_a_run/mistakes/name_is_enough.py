"""Takes the frame that bears the name of the training data, whatever its digest.

Fails: refuses_other_data
Says: Raise a ValueError in `rebuild`
"""


def _training(run: Run, archive: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the flights that the run was trained on."""
    for entry in run.inputs.dataset_inputs:
        if any(tag.key == "mlflow.data.context" and tag.value == "training" for tag in entry.tags):
            frame = archive.get(entry.dataset.name)
            if frame is not None:
                return frame
    raise ValueError("other data")
