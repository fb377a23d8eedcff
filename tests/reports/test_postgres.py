"""A class's server as there is one: MLflow on PostgreSQL, artefacts through its proxy."""

import contextlib
import json
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import urlopen

import pytest
from mlflow import MlflowClient

from workbench.cli import doctor
from workbench.course import load_course
from workbench.practice import own_environment
from workbench.reports.tracking import record_attempts
from workbench.workspace.attempts import Attempt
from workbench.workspace.delivery import deliver
from workbench.workspace.folder import make_workspace

COURSE = Path(__file__).parents[1] / "workspace" / "course"
HOST = "127.0.0.1"

pytestmark = pytest.mark.long


def free_port():
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def postgres_programs():
    """Return where PostgreSQL's programs are; Debian keeps them off the path."""
    pytest.importorskip("psycopg", reason="psycopg is not installed: pip install 'psycopg[binary]'")
    found = [Path(p).parent for p in [shutil.which("initdb")] if p]
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if not found:
        pytest.skip("PostgreSQL is not installed: apt install postgresql")
    return found[0]


def other_user():
    """Name somebody else than root, whom PostgreSQL refuses."""
    if os.geteuid():
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    pytest.skip("PostgreSQL does not run as root, and there is no user postgres or nobody")


@pytest.fixture(scope="module")
def database():
    """Address of an empty database; its server listens on a socket in its own folder only."""
    programs, user = postgres_programs(), other_user()
    with tempfile.TemporaryDirectory(dir="/tmp") as name:  # short: a socket's path is
        folder = Path(name)
        if user:
            shutil.chown(folder, user)
        options = {"user": user, "cwd": folder, "env": {"LC_ALL": "C"}}
        initdb = [programs / "initdb", "-D", "data", "-U", "desk", "-A", "trust", "--no-sync"]
        subprocess.run([*initdb, "-E", "UTF8"], check=True, stdout=subprocess.DEVNULL, **options)
        quick = ["-c", "fsync=off", "-c", "listen_addresses="]
        with (folder / "postgres.log").open("wb") as log:
            server = subprocess.Popen(
                [programs / "postgres", "-D", "data", "-k", folder, *quick],
                stdout=log,
                stderr=log,
                **options,
            )
        try:
            address = f"postgresql+psycopg://desk@/postgres?host={folder}"
            wait_for((folder / ".s.PGSQL.5432").exists, server)
            yield address
        finally:
            end(server)


def wait_for(condition, server, seconds=300):
    deadline = time.monotonic() + seconds
    while not condition():
        assert server.poll() is None, "the server ended"
        assert time.monotonic() < deadline, "the server did not answer"
        time.sleep(0.1)


def end(server):
    server.terminate()
    try:
        server.wait(30)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait(30)


@dataclass
class ClassServer:
    database: str
    artefacts: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen | None = None

    @property
    def address(self):
        return f"http://{HOST}:{self.port}"

    def start(self):
        command = [
            *(sys.executable, "-P", "-m", "mlflow", "server", "--workers", "1"),
            *("--host", HOST, "--port", str(self.port)),
            *("--backend-store-uri", self.database),
            *("--artifacts-destination", self.artefacts.as_uri()),
        ]
        environment = own_environment() | {"MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false"}
        self.process = subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        wait_for(self.answers, self.process)

    def answers(self):
        with contextlib.suppress(OSError), urlopen(f"{self.address}/health", timeout=2):
            return True
        return False

    def stop(self):
        end(self.process)


@pytest.fixture(scope="module")
def server(database, tmp_path_factory):
    made = ClassServer(database, tmp_path_factory.mktemp("class") / "artefacts")
    try:
        made.start()
        yield made
    finally:
        made.stop()


@pytest.fixture
def sit_down(server, monkeypatch, tmp_path):
    """Let a learner sit down at a desk of their own, in front of the class's server."""
    monkeypatch.setenv("MLFLOW_TRACKING_URI", server.address)
    monkeypatch.delenv("MLFLOW_EXPERIMENT_NAME", raising=False)
    monkeypatch.delenv("MLFLOW_TRACKING_USERNAME", raising=False)

    def sit_down(name):
        monkeypatch.setenv("LOGNAME", name)
        return make_workspace(tmp_path / name / "desk")

    return sit_down


def attempt_in(workspace, result):
    attempt = Attempt("check", "first_suite", result=result)
    workspace.draft_snapshot(attempt.id, {"suite.py": b"x = 1\n"})
    workspace.keep_snapshot(attempt.id)
    workspace.ledger.append(attempt)
    return attempt


def runs_of(server, learner):
    client = MlflowClient(server.address)
    found = client.get_experiment_by_name(f"attempts/{learner}")
    return client.search_runs([found.experiment_id], order_by=["attributes.start_time"])


def test_two_learners_do_not_mix(server, sit_down, course, wrong, passed):
    ada, hers = (desk := sit_down("ada")), attempt_in(desk, wrong)
    assert record_attempts(ada, course) == 1
    grace, also_hers = (desk := sit_down("grace")), attempt_in(desk, passed)
    assert record_attempts(grace, course) == 1
    assert record_attempts(grace, course) == 0

    for learner, attempt in (("ada", hers), ("grace", also_hers)):
        (run,) = runs_of(server, learner)
        assert run.data.tags["workbench.attempt"] == attempt.id
        assert run.data.tags["workbench.workspace"] == attempt.id  # its first
        assert run.info.user_id == learner


def test_artefacts_go_through_the_server(server, sit_down, course, wrong, tmp_path):
    workspace = sit_down("edsger")
    attempt_in(workspace, wrong)
    record_attempts(workspace, course)

    (run,) = runs_of(server, "edsger")
    assert run.info.artifact_uri.startswith("mlflow-artifacts:")
    MlflowClient(server.address).download_artifacts(run.info.run_id, "", str(tmp_path))
    assert (tmp_path / "submission" / "suite.py").read_bytes() == b"x = 1\n"
    assert len([*server.artefacts.rglob(f"{run.info.run_id}/**/attempt.html")]) == 1
    assert not (workspace.home / "artifacts").exists()


def test_the_class_may_share_one_experiment(server, sit_down, course, passed, monkeypatch):
    monkeypatch.setenv("MLFLOW_EXPERIMENT_NAME", "attempts/together")
    for learner in ("barbara", "tony"):
        workspace = sit_down(learner)
        attempt_in(workspace, passed)
        assert record_attempts(workspace, course) == 1

    assert [run.info.user_id for run in runs_of(server, "together")] == ["barbara", "tony"]


@pytest.fixture
def workbench(monkeypatch):
    """The command as a process, with the little course."""
    monkeypatch.setenv("WORKBENCH_COURSE", str(COURSE))

    def run(workspace, *arguments):
        return subprocess.run(
            [sys.executable, "-P", "-m", "workbench", *arguments],
            cwd=workspace.root,
            env=own_environment(),
            capture_output=True,
            text=True,
            timeout=300,
        )

    return run


def test_an_attempt_outlives_a_server_that_is_away(server, sit_down, workbench):
    workspace = sit_down("margaret")
    with workspace.lock():
        deliver(workspace, load_course(COURSE))
    server.stop()
    judged = workbench(workspace, "check", "double", "--json")
    away = doctor.examine_store(workspace)
    server.start()

    assert json.loads(judged.stdout)["outcome"] == "not attempted"
    assert "MLflow will catch up at the next check" in judged.stderr
    assert len(judged.stderr.splitlines()) == 1
    assert (away.status, away.cure) == (
        "problem",
        "Start that server, or unset MLFLOW_TRACKING_URI.",
    )

    shown = workbench(workspace, "ui").stdout
    (run,) = runs_of(server, "margaret")
    assert [line.split()[0] for line in shown.splitlines()] == ["attempts", "progress", "double"]
    assert shown.count(f"{server.address}/#/experiments/{run.info.experiment_id}/runs?") == 3
    assert run.data.tags["outcome"] == "not attempted"


def test_the_doctor_says_what_is_there(server, sit_down):
    found = doctor.examine_store(sit_down("ada"))
    assert found.status == "ok"
    assert found.seen.startswith("MLflow 3.")
    assert found.seen.endswith('your attempts go to its experiment "attempts/ada"')
