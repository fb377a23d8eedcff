"""Looks at the values of the batch only when the model is trained and logged.

Fails: stops_at_a_broken_batch
Says: Validate before anything is trained
"""


def _decide(week: int, run_id: str) -> str:
    """Validate, train, test and register; the decision is the last thing that is written."""
    try:
        batch = pd.read_parquet(f"batches/week_{week}.parquet")
        _validate(batch)
    except (OSError, ValueError) as problem:
        mlflow.set_tag("reason", f"{problem}"[:500] or "cannot be read")
        return _write("stopped")
    held_out = batch["date"] > batch["date"].max() - pd.Timedelta(days=7)
    challenger = train(batch[~held_out])
    champion = mlflow.sklearn.load_model(f"models:/{MODEL}@champion")
    costs = {
        "cost_challenger": cost(challenger, batch[held_out]),
        "cost_champion": cost(champion, batch[held_out]),
    }
    mlflow.log_metrics(costs)
    if _version_of(run_id) is None:
        requirements = ["scikit-learn", "pandas"]
        logged = mlflow.sklearn.log_model(challenger, name="model", pip_requirements=requirements)
        try:
            _check_values(batch)
        except ValueError as problem:
            mlflow.set_tag("reason", str(problem))
            return _write("stopped")
        tags = {"week": str(week)}
        MlflowClient().create_model_version(MODEL, logged.model_uri, run_id, tags=tags)
    better = costs["cost_challenger"] < costs["cost_champion"]
    return _write("promoted" if better else "kept")


def _validate(batch: pd.DataFrame) -> None:
    """Raise a ValueError for a batch that breaks the contract."""
    if lost := [column for column in COLUMNS if column not in batch]:
        raise ValueError(f"columns are not there: {lost}")
    if missing := [column for column in COLUMNS if batch[column].isna().any()]:
        raise ValueError(f"values are missing in {missing}")


def _check_values(batch: pd.DataFrame) -> None:
    """Raise a ValueError for values that cannot be."""
    if batch.duplicated(KEY).any():
        raise ValueError("a flight is there twice")
    for column, (low, high) in RANGES.items():
        if not batch[column].between(low, high).all():
            raise ValueError(f"{column} is not between {low} and {high}")
