"""Sets the parameters that the run has, and leaves the others to their defaults.

Fails: refuses_a_record_with_gaps
Says: Raise a ValueError in `rebuild`
"""


def rebuild(run_id: str, archive: dict[str, pd.DataFrame]) -> Pipeline:
    """Train the model of a run again, from the run's record and the archive."""
    run = mlflow.get_run(run_id)
    if run.info.status != "FINISHED" or run.info.lifecycle_stage != "active":
        raise ValueError("not finished")
    make = MAKERS.get(run.data.tags.get("mlflow.source.git.commit", ""))
    if make is None:
        raise ValueError("other code")
    model = make()
    settings = [name for name in run.data.params if name.startswith(CLASSIFIER)]
    model.set_params(**{name: _value(run.data.params[name]) for name in settings})
    flights = _training(run, archive)
    return model.fit(flights[FEATURES], flights["late"])
