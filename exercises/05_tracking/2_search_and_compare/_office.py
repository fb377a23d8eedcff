"""Runs without the submission: measures candidates, and fills a store at once."""

import sqlite3
import uuid

import mlflow
from desk_model import measure


def facts(training, validation, candidates):
    costs = [measure(settings, training, validation) for settings in candidates]
    return mlflow.data.from_pandas(validation).digest, costs


def fill(experiments, runs):
    numbers = {name: mlflow.set_experiment(name).experiment_id for name in experiments}
    keys = [uuid.uuid4().hex for _ in runs]
    named = {run["name"]: key for key, run in zip(keys, runs, strict=True)}
    with sqlite3.connect("mlflow.db") as store:
        for key, run in zip(keys, runs, strict=True):
            insert(
                store,
                "runs",
                run_uuid=key,
                name=run["name"] or "run",
                status=run["status"],
                user_id="desk",
                source_type="LOCAL",
                artifact_uri="",
                start_time=run["started"],
                end_time=run["ended"],
                lifecycle_stage="deleted" if run["deleted"] else "active",
                experiment_id=numbers[run["experiment"]],
            )
            for name, text in run["metrics"].items():
                value = max(float(text), -1.7976931348623157e308)
                entry = {"key": name, "value": 0 if text == "nan" else value, "step": 0}
                entry |= {"is_nan": text == "nan", "timestamp": run["started"], "run_uuid": key}
                insert(store, "metrics", **entry)
                insert(store, "latest_metrics", **entry)
            for name, value in run["params"].items():
                insert(store, "params", key=name, value=value, run_uuid=key)
            for name, value in run["tags"].items():
                insert(store, "tags", key=name, value=named.get(value, value), run_uuid=key)
    return keys


def insert(store, table, **row):
    order = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' for _ in row)})"  # noqa: S608 - names of ours
    store.execute(order, list(row.values()))
