"""Hostile submissions get folders, a home and a temporary folder that are watched."""

import shutil
import socket
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest

from workbench.flights.table import open_flights
from workbench.judging import grade
from workbench.judging.isolation import wrapper_of
from workbench.paths import cache_root

from .attacks import HERE
from .belt import BUBBLEWRAP, belt
from .ground import Ground


def wrapper_with_belt(root: Path, level: str, home: str) -> Sequence[str]:
    return belt(root, home) if level == "process" else wrapper_of(level, home)


@pytest.fixture(scope="package")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    if not BUBBLEWRAP:
        pytest.skip("Nobody runs attacks without bubblewrap: install the package.")
    root = tmp_path_factory.mktemp("hostile")
    for name in ("tmp", "home", "canary", "submissions"):
        (root / name).mkdir()
    (root / "canary/secret").write_text("the canary lives")
    (root / "canary/secret").chmod(0o600)
    shutil.copytree(HERE / "course", root / "course", ignore=shutil.ignore_patterns("__pycache__"))
    open_flights()
    with pytest.MonkeyPatch.context() as patch, socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.setblocking(False)
        patch.setenv("WORKBENCH_CACHE", str(cache_root()))
        patch.setenv("HOME", str(root / "home"))
        patch.setenv("INSTRUCTOR_KEY", "canary-key")
        patch.setattr(tempfile, "tempdir", str(root / "tmp"))
        patch.setattr(grade, "wrapper_of", partial(wrapper_with_belt, root))
        found = Ground(root, listener)
        yield found
        for grader in found.graders.values():
            grader.__exit__()
        assert not list((root / "tmp").iterdir())
