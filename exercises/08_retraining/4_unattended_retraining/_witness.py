"""Runs on copies of the store, without the submission: who is the champion, and what it says."""

import sqlite3

from mlflow.sklearn import load_model


def ask(order):
    with sqlite3.connect("mlflow.db") as database:
        return database.execute(order).fetchall()


def find_champion():
    found = ask("""SELECT artifact_location FROM registered_model_aliases a
        JOIN model_versions v ON a.name = v.name AND a.version = v.version
        JOIN logged_models ON source = 'models:/' || model_id
        WHERE a.name = 'flight-desk' AND alias = 'champion' """)
    return [len(ask("SELECT 1 FROM model_versions")), found[0][0] if found else ""]


def serve(place, rows):
    return load_model(place).predict_proba(rows)[:, 1]
