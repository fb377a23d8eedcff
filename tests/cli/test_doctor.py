from __future__ import annotations

import sqlite3
import sys
from collections import namedtuple
from collections.abc import Iterator
from contextlib import closing
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace

import pytest

from workbench.cli import doctor
from workbench.flights import FlightsError
from workbench.workspace.folder import Workspace

from .conftest import Cli

Usage = namedtuple("Usage", "total used free")


@pytest.fixture(autouse=True)
def healthy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine with nothing amiss, whatever the real one is like."""
    ready = SimpleNamespace(ready=True, size=2**24, folder=tmp_path)
    monkeypatch.setattr("workbench.flights.verify", lambda: ready)
    monkeypatch.setattr(doctor, "free_port", lambda port: port)
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda folder: Usage(0, 0, 2**34))
    monkeypatch.setattr(metadata, "requires", lambda name: ["pytest>=1"])
    monkeypatch.setattr(doctor, "can_fork", lambda: True)


def test_is_a_healthy_machine_told_so(cli: Cli) -> None:
    done = cli("doctor")
    assert done.exit_code == 0
    assert "Cure" not in done.stdout
    findings = cli.json("doctor")["findings"]
    assert {finding["status"] for finding in findings} == {"ok"}
    assert [finding["name"] for finding in findings] == [
        *("Python", "Packages", "Disk", "Flights", "Port", "Workspace", "MLflow store", "Ledger"),
        "Warm start",
    ]


def test_has_each_problem_its_cure_and_status_1(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda folder: Usage(0, 0, 2**20))
    done = cli("doctor")
    assert done.exit_code == 1
    assert "0.0 GB free" in done.stdout
    assert "Cure: Make room" in done.stdout


def test_is_a_missing_workspace_a_warning(nowhere: Cli) -> None:
    assert nowhere("doctor").exit_code == 0
    (found,) = [f for f in nowhere.json("doctor")["findings"] if f["name"] == "Workspace"]
    assert found["status"] == "warning"
    assert "`workbench start`" in found["cure"]


def test_is_a_newer_workspace_a_problem(cli: Cli, workspace: Workspace) -> None:
    (workspace.home / "workspace.json").write_text('{"version": 2}')
    done = cli("doctor")
    assert done.exit_code == 1
    assert "newer workbench" in done.stdout


def test_is_an_old_python_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "OLDEST_PYTHON", (4, 0))
    found = doctor.examine_python()
    assert (found.status, found.cure) == ("problem", "Install a 64-bit Python 4.0 or newer.")


@pytest.mark.parametrize(
    ("wanted", "seen"),
    [
        ("pytest>=1000", "; >=1000 is needed"),
        ("no-such-package>=1", "no-such-package is not installed"),
    ],
)
def test_is_a_package_found_lacking(
    monkeypatch: pytest.MonkeyPatch, wanted: str, seen: str
) -> None:
    monkeypatch.setattr(metadata, "requires", lambda name: [wanted])
    (found,) = doctor.examine_packages()
    assert found.status == "problem"
    assert seen in found.seen
    assert found.cure


def test_are_extras_not_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metadata, "requires", lambda name: ['no-such-package; extra == "dev"'])
    assert [found.status for found in doctor.examine_packages()] == ["ok"]


def test_is_an_installation_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    def requires(name: str) -> list[str]:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "requires", requires)
    (found,) = doctor.examine_packages()
    assert found.status == "problem"
    assert "mlops-workbench" in found.seen


@pytest.mark.parametrize("state", ["missing", "outdated", "damaged"])
def test_are_flights_that_cannot_be_read_found(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, state: str
) -> None:
    problem = "flights.parquet has changed" if state == "damaged" else ""
    status = SimpleNamespace(ready=False, state=state, folder=tmp_path, problem=problem)
    monkeypatch.setattr("workbench.flights.verify", lambda: status)
    found = doctor.examine_flights()
    assert (found.status, found.cure) == ("problem", "`workbench start` builds them.")
    assert (problem or state) in found.seen


def test_is_a_missing_recipe_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def verify() -> None:
        raise FlightsError("no recipe")

    monkeypatch.setattr("workbench.flights.verify", verify)
    assert doctor.examine_flights().seen == "no recipe"


def test_is_a_taken_port_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "free_port", lambda port: port + 1)
    found = doctor.examine_port()
    assert found.status == "warning"
    assert "takes another" in found.cure


def test_is_a_damaged_store_found(workspace: Workspace) -> None:
    (workspace.home / "mlflow.db").write_text("no database" * 100)
    found = doctor.examine_store(workspace)
    assert found.status == "problem"
    assert "Move the file away" in found.cure


@pytest.fixture
def locked_store(workspace: Workspace) -> Iterator[None]:
    with closing(sqlite3.connect(workspace.home / "mlflow.db")) as database:
        database.execute("CREATE TABLE runs (id)")
        database.commit()
        database.execute("BEGIN EXCLUSIVE")
        yield


@pytest.mark.usefixtures("locked_store")
def test_is_a_locked_store_found(workspace: Workspace) -> None:
    found = doctor.examine_store(workspace)
    assert found.status == "problem"
    assert "Close what holds it" in found.cure


def test_is_a_class_server_that_is_down_found(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MLFLOW_TRACKING_URI", "http://127.0.0.1:9")
    found = doctor.examine_store(workspace)
    assert found.status == "problem"
    assert "unset MLFLOW_TRACKING_URI" in found.cure


def test_are_cut_off_lines_named(workspace: Workspace) -> None:
    workspace.ledger.path.write_bytes(b'{"version"\n')
    found = doctor.examine_ledger(workspace)
    assert found.status == "warning"
    assert found.seen.endswith("line 1")


def test_is_a_newer_ledger_a_problem(workspace: Workspace) -> None:
    workspace.ledger.path.write_bytes(b'{"version": 2}\n')
    assert doctor.examine_ledger(workspace).status == "problem"


def test_is_a_plain_start_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "can_fork", lambda: False)
    found = doctor.examine_warm_start()
    assert found.status == "warning"
    assert sys.platform in found.seen
