"""Folders that are gone afterwards, whatever was done inside."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any


@contextlib.contextmanager
def scratch_folder() -> Iterator[str]:
    """Make a folder and remove it afterwards."""
    folder = tempfile.mkdtemp(prefix="workbench-")
    try:
        yield folder
    finally:
        remove_folder(folder)


def remove_folder(folder: str) -> None:
    """Remove a folder, also one whose permissions were taken away; none is fine."""
    if folder:
        shutil.rmtree(folder, onerror=_open_and_retry)


def _open_and_retry(remove: Any, path: str, _: object) -> None:
    with contextlib.suppress(OSError):
        Path(path).parent.chmod(0o700)
        Path(path).chmod(0o700)
        remove(path)
