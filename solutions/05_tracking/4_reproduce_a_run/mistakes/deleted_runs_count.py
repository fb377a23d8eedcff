"""Looks at the status alone: a deleted run is told by its id, too, and was FINISHED.

Fails: refuses_a_run_without_a_result
Says: Raise a ValueError in `rebuild`
"""


def rebuild(run_id: str, archive: dict[str, pd.DataFrame]) -> Pipeline:
    """Train the model of a run again, from the run's record and the archive."""
    run = mlflow.get_run(run_id)
    if run.info.status != "FINISHED":
        raise ValueError("not finished")
    make = MAKERS.get(run.data.tags.get("mlflow.source.git.commit", ""))
    if make is None:
        raise ValueError("other code")
    model = make()
    settings = [name for name in model.get_params() if name.startswith(CLASSIFIER)]
    if any(name not in run.data.params for name in settings):
        raise ValueError("incomplete")
    model.set_params(**{name: _value(run.data.params[name]) for name in settings})
    flights = _training(run, archive)
    return model.fit(flights[FEATURES], flights["late"])
