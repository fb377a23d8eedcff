"""Folders that are gone afterwards, whatever was done inside."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Collection, Iterator
from pathlib import Path


@contextlib.contextmanager
def scratch_folder() -> Iterator[str]:
    """Make a folder and remove it afterwards.

    Its name has slashes on every system, and no links (macOS) or short names (Windows): what a
    process tells about its files then begins with it.
    """
    folder = Path(tempfile.mkdtemp(prefix="workbench-")).resolve().as_posix()
    try:
        yield folder
    finally:
        remove_folder(folder)


def remove_folder(folder: str) -> None:
    """Remove a folder, also one without permissions or nested very deep; none is fine."""
    if not folder:
        return
    if Path(folder).is_symlink():
        Path(folder).unlink()
        return
    with contextlib.suppress(RecursionError):
        shutil.rmtree(folder, ignore_errors=True)
    if os.path.lexists(folder):
        _open_and_remove(folder)


def empty_folder(folder: str, keep: Collection[str] = ()) -> bool:
    """Remove what is inside a folder, but for some names; tell whether it is all gone.

    The folder is there afterwards, and open to its owner. But a link in its place is left alone:
    whoever put it there would choose what is removed.
    """
    if Path(folder).is_symlink():
        return False
    with contextlib.suppress(OSError):
        if Path(folder).is_file():
            Path(folder).unlink()
        Path(folder).mkdir(parents=True, exist_ok=True)
        Path(folder).chmod(0o700)
    for name in list_folder(folder).difference(keep):
        path = Path(folder, name)
        if path.is_dir() and not path.is_symlink():
            remove_folder(str(path))
        else:
            with contextlib.suppress(OSError):
                path.unlink()
    return not list_folder(folder).difference(keep)


def list_folder(folder: str) -> set[str]:
    """List the names inside a folder; none where it cannot be read."""
    try:
        return set(os.listdir(folder))  # noqa: PTH208
    except OSError:
        return set()


def _open_and_remove(folder: str) -> None:
    """Give permissions back, and remove; neither follows links."""
    if os.name != "posix":
        for path in Path(folder).rglob("*"):
            path.chmod(0o700)
        shutil.rmtree(folder, ignore_errors=True)
        return
    # These tools walk by open folders: no depth is too deep for them.
    for command in (["chmod", "-R", "u+rwx"], ["rm", "-rf"]):
        with contextlib.suppress(OSError, subprocess.SubprocessError):
            subprocess.run([*command, "--", folder], capture_output=True, timeout=60, check=False)
