"""The course's files as they were delivered, kept by their digest: what a merge goes out from."""

from __future__ import annotations

import hashlib
from pathlib import Path

from workbench.workspace.folder import HOME, Workspace

_FOLDER = "versions"


def digest(data: bytes) -> str:
    """Name some content."""
    return hashlib.sha256(data).hexdigest()


def digest_at(path: Path) -> str:
    """Name what is at a path; empty where there is no file."""
    return digest(path.read_bytes()) if path.is_file() else ""


def keep(workspace: Workspace, data: bytes) -> str:
    """Keep a version and return its name; lock first."""
    name = digest(data)
    if not is_kept(workspace, name):
        workspace.write(f"{HOME}/{_FOLDER}/{name}", data)
    return name


def is_kept(workspace: Workspace, name: str) -> bool:
    """Tell whether some content is a version of the course's that was delivered here."""
    return bool(name) and _path(workspace, name).is_file()


def read(workspace: Workspace, name: str) -> bytes | None:
    """Read a version; None where it is not kept, or not what it was."""
    data = _path(workspace, name).read_bytes() if is_kept(workspace, name) else b""
    return data if digest(data) == name else None


def _path(workspace: Workspace, name: str) -> Path:
    return workspace.home / _FOLDER / name
