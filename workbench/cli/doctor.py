"""What could keep the workbench from working on this machine, each with its cure."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Any, Literal

from workbench import flights
from workbench.cli.ui import HOST, PORT, ServerError, free_port
from workbench.judging.processes import can_fork
from workbench.paths import cache_root
from workbench.reports.class_server import (
    ServerProblem,
    experiment_name,
    is_server,
    server_version,
    without_credentials,
)
from workbench.reports.store import StoreError, is_made, own_store, require_writable
from workbench.workspace.attempts import LedgerError
from workbench.workspace.folder import NoWorkspace, Workspace, WorkspaceError, find_workspace

DISTRIBUTION = "mlops-workbench"
OLDEST_PYTHON = (3, 11)
NEEDED_BYTES = 2**30


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at.

    Parameters
    ----------
    status
        ``problem``: something will not work; ``warning``: it will, in another way.
    seen, cure
        What is so, and what to do about it; no cure where none is needed.
    """

    name: str
    status: Literal["ok", "warning", "problem"]
    seen: str
    cure: str = ""


def examine(here: Path) -> tuple[Finding, ...]:
    """Look at the machine, and at the workspace that ``here`` lies in."""
    workspace, about_workspace = _look_for_workspace(here)
    return (
        examine_python(),
        *examine_packages(),
        examine_disk(workspace.root if workspace else here),
        examine_flights(),
        examine_port(),
        about_workspace,
        *([examine_store(workspace), examine_ledger(workspace)] if workspace else []),
        examine_warm_start(),
    )


def findings_document(findings: Sequence[Finding]) -> dict[str, Any]:
    """Tell the findings as plain JSON data."""
    return {"schema_version": 1, "findings": [asdict(finding) for finding in findings]}


def examine_python() -> Finding:
    """Look at the version and the word size: Arrow has no 32-bit wheels."""
    seen = f"{sys.version.split()[0]} in {sys.prefix}"
    if sys.version_info < OLDEST_PYTHON or sys.maxsize < 2**32:
        oldest = ".".join(map(str, OLDEST_PYTHON))
        return Finding("Python", "problem", seen, f"Install a 64-bit Python {oldest} or newer.")
    return Finding("Python", "ok", seen)


def examine_packages() -> Iterator[Finding]:
    """Compare what is installed with what the workbench asks for; imports none of it."""
    cure = "Install the workbench again, in a fresh environment: `pip install .` in its folder."
    try:
        wanted = metadata.requires(DISTRIBUTION) or []
        lacking = [seen for seen in map(_lacking, wanted) if seen]
    except (metadata.PackageNotFoundError, ImportError) as problem:
        yield Finding("Packages", "problem", f"{problem} is not installed", cure)
        return
    for seen in lacking:
        yield Finding("Packages", "problem", seen, cure)
    if not lacking:
        yield Finding("Packages", "ok", f"all {len(wanted)} requirements are met")


def examine_disk(work: Path) -> Finding:
    """Look at the room where the learner works and where the flights are built."""
    folders = (work, next(folder for folder in _upwards(cache_root()) if folder.exists()))
    free, folder = min((shutil.disk_usage(folder).free, folder) for folder in folders)
    seen = f"{free / 2**30:.1f} GB free for {folder}"
    if free < NEEDED_BYTES:
        return Finding("Disk", "problem", seen, "Make room: 1 GB is needed.")
    return Finding("Disk", "ok", seen)


def examine_flights() -> Finding:
    """Verify the tables of flights."""
    try:
        found = flights.verify()
    except (flights.FlightsError, OSError) as problem:
        return Finding("Flights", "problem", str(problem), "Install the workbench again.")
    if found.ready:
        return Finding("Flights", "ok", f"{found.size / 2**20:.0f} MB in {found.folder}")
    seen = found.problem or f"{found.state}, in {found.folder}"
    return Finding("Flights", "problem", seen, "`workbench start` builds them.")


def examine_port() -> Finding:
    """Look whether MLflow's usual port is free."""
    try:
        free = free_port(PORT)
    except ServerError as problem:
        return Finding("Port", "problem", str(problem), "End a program that listens.")
    if free != PORT:
        cure = "None needed: `workbench ui` takes another and says which."
        return Finding("Port", "warning", f"{PORT} on {HOST} is taken", cure)
    return Finding("Port", "ok", f"{PORT} on {HOST} is free")


def examine_store(workspace: Workspace) -> Finding:
    """Look whether the MLflow store can be used; the attempts themselves are in the ledger."""
    if is_server(workspace.store):
        return _examine_server(workspace.store)
    try:
        own = own_store(workspace)
        if own and is_made(own):
            require_writable(own, patience=1)
    except StoreError as problem:
        return Finding("MLflow store", "problem", "cannot be written", str(problem))
    return Finding("MLflow store", "ok", without_credentials(workspace.store))


def _examine_server(store: str) -> Finding:
    try:
        version = ".".join(map(str, server_version(store)))
    except ServerProblem as problem:
        return Finding("MLflow store", "problem", problem.seen, problem.cure)
    told = f'your attempts go to its experiment "{experiment_name()}"'
    return Finding(
        "MLflow store", "ok", f"MLflow {version} answers at {without_credentials(store)}; {told}"
    )


def examine_ledger(workspace: Workspace) -> Finding:
    """Read every attempt."""
    ledger = workspace.ledger
    try:
        count, torn = len(ledger.read()), ledger.torn()
    except (LedgerError, OSError) as problem:
        return Finding("Ledger", "problem", str(problem), "Upgrade the workbench, or give access.")
    if torn:
        lines = ", ".join(map(str, torn))
        seen = f"{count} entries; cut off in {ledger.path}: line {lines}"
        return Finding("Ledger", "warning", seen, "None needed: all other entries are whole.")
    return Finding("Ledger", "ok", f"{count} entries: checks, hints, solutions")


def examine_warm_start() -> Finding:
    """Tell how judged processes start."""
    if can_fork():
        return Finding("Warm start", "ok", "checks start from warm processes")
    seen = f"not on {sys.platform}: each check imports its libraries itself"
    cure = "None needed: results are the same, some seconds later. Linux and WSL start warm."
    return Finding("Warm start", "warning", seen, cure)


def _look_for_workspace(here: Path) -> tuple[Workspace | None, Finding]:
    try:
        workspace = find_workspace(here)
    except NoWorkspace:
        cure = "`workbench start` makes one; or go to yours."
        return None, Finding("Workspace", "warning", "none here", cure)
    except WorkspaceError as problem:
        return None, Finding("Workspace", "problem", str(problem), "As it says.")
    return workspace, Finding("Workspace", "ok", str(workspace.root))


def _lacking(requirement: str) -> str:
    from packaging.requirements import Requirement

    wanted = Requirement(requirement)
    if wanted.marker and not wanted.marker.evaluate({"extra": ""}):
        return ""
    try:
        found = metadata.version(wanted.name)
    except metadata.PackageNotFoundError:
        return f"{wanted.name} is not installed"
    fits = wanted.specifier.contains(found, prereleases=True)
    return "" if fits else f"{wanted.name} is {found}; {wanted.specifier} is needed"


def _upwards(folder: Path) -> Iterator[Path]:
    yield folder
    yield from folder.parents
