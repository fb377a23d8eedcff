"""Runs beside desk.py, in a process without the submission: logs what the desk logged."""

from desk import log_run, train
from mlflow import MlflowClient
from mlflow.utils import requirements_utils
from sqlalchemy import Engine, event

# MLflow would list all installed packages to compare versions: half a second for nobody.
requirements_utils._MODULES_TO_PACKAGES = {}


@event.listens_for(Engine, "connect")
def hurry(connection, _):
    connection.execute("PRAGMA synchronous = OFF")  # nobody pulls the plug here


def log_all(archive, before, runs, fresh):
    """Log runs of the frames of the archive, or of what some of them were before."""
    trained = {}

    def make(commit, flights, settings):
        key = commit, id(flights), str(settings)
        if key not in trained:
            model = train(flights, commit, settings)
            trained[key] = model, model.predict_proba(fresh)[:, 1]
        return trained[key]

    def log(made_by, settings, really, training, early, deleted, why, **record):
        frames = {**archive, **before} if early else archive
        if "class_weight" in settings:  # no dict with numbers as keys can be sent here
            settings["class_weight"] = dict(enumerate(settings["class_weight"]))
        _, chance = make(made_by, frames[training], settings)
        model, _ = make(made_by, frames[training], {**settings, **really})
        model.set_params(**{f"classifier__{name}": value for name, value in settings.items()})
        run_id = log_run(model, archive=frames, training=training, **record)
        if deleted:
            MlflowClient().delete_run(run_id)
        return run_id, chance

    return [log(**run) for run in runs]
