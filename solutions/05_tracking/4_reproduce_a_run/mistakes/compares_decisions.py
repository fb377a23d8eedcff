"""Compares the alarms of the two models, from a probability of 1/6 on.

Fails: notices_another_model
Says: Return "other predictions" from `verify`
"""

ALARM = 1 / 6


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
    alarms = [m.predict_proba(flights)[:, 1] >= ALARM for m in (model, former)]
    return "reproduced" if np.array_equal(*alarms) else "other predictions"
