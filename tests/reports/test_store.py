import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest

from workbench.reports.store import StoreError, artifacts, follow_move, own_store, require_writable
from workbench.workspace.folder import Workspace


@pytest.fixture
def database(tmp_path):
    file = tmp_path / "mlflow.db"
    with closing(sqlite3.connect(file)) as made, made:
        made.execute("CREATE TABLE experiments (name TEXT, artifact_location TEXT)")
    return file


@pytest.fixture
def read_only(database):
    """The store as a user without rights sees it, who stays that user until the test ends."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        file = Path(shutil.copy(database, folder))
        file.chmod(0o444)
        before = os.geteuid()
        os.seteuid(before or 65534)
        yield file
        os.seteuid(before)


def test_a_sound_store_is_writable(database):
    require_writable(database)


def test_a_locked_store_is_named_as_locked(database):
    with closing(sqlite3.connect(database)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match=r"database is locked.*No attempt is lost.*Close what"):
            require_writable(database, patience=0.1)


@pytest.mark.parametrize("content", [b"garbage" * 1000, b"SQLite format 3\0" + b"\xff" * 4096])
def test_a_damaged_store_is_named_and_left_as_it_is(content, tmp_path):
    file = tmp_path / "mlflow.db"
    file.write_bytes(content)

    with pytest.raises(StoreError, match="Move the file away"):
        require_writable(file)
    assert file.read_bytes() == content


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX users")
def test_a_read_only_store_is_named_as_read_only(read_only):
    with pytest.raises(StoreError, match=r"readonly.*Make it writable"):
        require_writable(read_only)


def test_the_sentence_is_one_line(tmp_path):
    with pytest.raises(StoreError) as raised:
        require_writable(tmp_path / "missing.db")
    assert "\n" not in str(raised.value)


def test_the_class_server_goes_before_our_own_store(tmp_path, monkeypatch):
    workspace = Workspace(tmp_path)
    monkeypatch.delenv("MLFLOW_TRACKING_URI", raising=False)
    assert own_store(workspace) == tmp_path / ".workbench" / "mlflow.db"

    monkeypatch.setenv("MLFLOW_TRACKING_URI", "http://127.0.0.1:5000")
    assert own_store(workspace) is None


def test_a_store_that_has_not_moved_is_not_touched(tmp_path):
    workspace = Workspace(tmp_path)
    file = tmp_path / "mlflow.db"
    with closing(sqlite3.connect(file)) as made, made:
        made.execute("CREATE TABLE experiments (name TEXT, artifact_location TEXT)")
        made.execute("INSERT INTO experiments VALUES ('attempts', ?)", [artifacts(workspace)])

    follow_move(workspace, file)
