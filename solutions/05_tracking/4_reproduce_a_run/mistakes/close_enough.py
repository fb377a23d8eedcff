"""Takes probabilities that are close for the same.

Fails: notices_another_model
Says: trained was with
"""


def verify(run_id: str, archive: dict[str, pd.DataFrame], flights: pd.DataFrame) -> str:
    """Tell whether a run can be reproduced, or why not."""
    try:
        model = rebuild(run_id, archive)
    except ValueError as reason:
        return str(reason)
    logged = mlflow.get_run(run_id).outputs.model_outputs
    if not logged:
        return "no model"
    former = mlflow.sklearn.load_model(f"models:/{logged[0].model_id}")
    same = np.allclose(model.predict_proba(flights), former.predict_proba(flights))
    return "reproduced" if same else "other predictions"
