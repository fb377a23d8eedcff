"""Kill your job at one of its changes, look at what is left, and start it again.

``python try_kill.py`` lists the changes of files and store that the job of week 17 makes;
``python try_kill.py 12`` kills it at change 12, before that one is done. It works in the folder
``killed``, and leaves your own store alone.
"""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
FRESH, NOW, WEEK = HERE / "killed" / "fresh", HERE / "killed" / "now", 17
CHANGES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir"}
count = 0


def change(what: str, kill_at: int) -> None:
    """Count a change; list it, or die before it is done."""
    global count
    count += 1
    if not kill_at:
        print(f"{count:4}  {what}")
    elif count == kill_at:
        print(f"Killed at change {count}, before: {what}", flush=True)
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))


def watch(kill_at: int) -> None:
    """Hear of each file that is changed, and of each commit of a SQLite database."""
    connect = sqlite3.connect

    def listen(event: str, about: tuple[Any, ...]) -> None:
        writes = event == "open" and any(letter in str(about[1]) for letter in "wax+")
        if writes or event in CHANGES:
            word = "write" if writes else event[3:]
            change(f"{word} {str(about[0]).removeprefix(f'{NOW}{os.sep}')}", kill_at)

    def followed(*args: Any, **kwargs: Any) -> sqlite3.Connection:
        connection, tables = connect(*args, **kwargs), set()

        def hear(statement: str) -> None:
            words = [word.strip('"') for word in statement[:80].split()] or [""]
            if words[0] in ("INSERT", "DELETE"):
                tables.add(words[2])
            elif words[0] == "UPDATE":
                tables.add(words[1])
            elif words[0] == "COMMIT" and tables:
                change(f"commit to {', '.join(sorted(tables))}", kill_at)
                tables.clear()

        connection.set_trace_callback(hear)
        return connection

    sqlite3.connect = sqlite3.dbapi2.connect = followed
    sys.addaudithook(listen)


def start_job(kill_at: int) -> None:
    """Let the job run in this process, which may be its end."""
    from retraining import retrain

    watch(kill_at)
    print("Answer:", retrain(WEEK))


def start_again() -> None:
    """Show what a killed job has left, and what the next one makes of it."""
    from retraining import retrain

    look()
    print("\nStarted again. Answer:", retrain(WEEK))


def look() -> None:
    """Print what is in the store."""
    from mlflow import MlflowClient
    from mlflow.exceptions import MlflowException

    client = MlflowClient()
    try:
        champion = client.get_model_version_by_alias("flight-desk", "champion").version
    except MlflowException:
        champion = "none!"
    print("Champion: version", champion)
    for version in client.search_model_versions("name = 'flight-desk'"):
        print(f"  version {version.version}: tags {version.tags}, run {version.run_id[:8]}")
    experiment = client.get_experiment_by_name("retraining")
    for run in client.search_runs([experiment.experiment_id]) if experiment else ():
        tags = {key: text for key, text in run.data.tags.items() if "mlflow." not in key}
        print(f"  run {run.info.run_id[:8]}: {run.info.status}, {tags}, {run.data.metrics}")


def act(*words: object) -> bool:
    """Run a part of this file in a process of its own; tell whether it came to its end."""
    command = [sys.executable, "-B", __file__, *map(str, words)]
    return not subprocess.run(command, cwd=NOW, check=False, env={**os.environ, **QUIET}).returncode


QUIET = {
    "MLFLOW_TRACKING_URI": "sqlite:///mlflow.db",
    "MLFLOW_LOGGING_LEVEL": "ERROR",
    "MLFLOW_DISABLE_TELEMETRY": "true",
    "TMPDIR": str(NOW),
}


def main(kill_at: int) -> None:
    """Make the folder, kill the job or list its changes, and start it again."""
    shutil.rmtree(NOW, ignore_errors=True)
    if not FRESH.exists():
        print("Making a store to try on; this takes a while, once.")
        NOW.mkdir(parents=True)
        shutil.copy(HERE / "flights.parquet", NOW)
        if not act("prepare"):
            return
        shutil.copytree(NOW, FRESH)
    else:
        shutil.copytree(FRESH, NOW)  # the store knows its models by this folder's name
    act("job", kill_at)
    if kill_at:
        act("again")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["job", number]:
            start_job(int(number))
            look()
        case ["again"]:
            start_again()
            look()
        case ["prepare"]:
            import desk

            desk.prepare()
        case rest:
            main(int(rest[0]) if rest else 0)
