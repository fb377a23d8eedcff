"""Files travel as plain data, and stay in their folder."""

import concurrent.futures
import itertools
import os
import threading
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.judging.file_tree import (
    MAX_FILES,
    MAX_PATH,
    fold,
    read_files,
    unfold,
    write_files,
)
from workbench.judging.packing import pack
from workbench.judging.unpacking import unpack
from workbench.judging.untrusted import NotPlain
from workbench.judging.wire import SuiteDocument

from .test_wire import TREES

PARTS = st.text("ab.é -", min_size=1, max_size=4).filter(lambda part: part not in {".", ".."})
PATHS = st.lists(PARTS, min_size=1, max_size=3).map("/".join)
FILES = st.dictionaries(PATHS, st.binary(max_size=20), max_size=5)
MALFORMED = st.fixed_dictionaries(
    {
        "paths": st.lists(PATHS | TREES, max_size=3) | TREES,
        "sizes": st.lists(st.integers(-1, 3) | TREES, max_size=3) | TREES,
        "content": st.binary(max_size=6) | TREES,
    }
)


def one(path: object) -> dict[str, object]:
    return {"paths": [path], "sizes": [1], "content": b"x"}


@given(FILES)
def test_what_is_folded_unfolds_equal(files: dict[str, bytes]) -> None:
    assert unfold(unpack(pack(fold(files)))) == files


@given(TREES | MALFORMED)
def test_whatever_is_sent_is_files_or_refused(value: object) -> None:
    try:
        files = unfold(value)
    except NotPlain:
        return
    assert b"".join(files.values()) == value["content"]
    assert all(".." not in Path(path).parts for path in files)


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        {},
        {"paths": [], "sizes": []},
        {"paths": ["a"], "sizes": [], "content": b""},
        {"paths": [], "sizes": [0], "content": b""},
        {"paths": ["a"], "sizes": [2], "content": b"x"},
        {"paths": ["a", "b"], "sizes": [2, -1], "content": b"x"},
        {"paths": ["a"], "sizes": [True], "content": b"x"},
        {"paths": ["a"], "sizes": [1.0], "content": b"x"},
        {"paths": ["a", "./a"], "sizes": [1, 0], "content": b"x"},
        {"paths": "a", "sizes": [1], "content": b"x"},
        {"paths": ["a"], "sizes": [1], "content": "x"},
        {"paths": ["a"], "sizes": np.array([[1]]), "content": b"x"},
        {"paths": ["a"], "sizes": [pd.DataFrame({"a": ["x"]})], "content": b"x"},
        np.arange(3),
        pd.DataFrame({"paths": ["a"], "sizes": [1], "content": ["x"]}),
        pd.Series([1]),
        SuiteDocument({"paths": []}),
    ],
    ids=repr,
)
def test_what_is_malformed_is_refused(value: object) -> None:
    with pytest.raises(NotPlain):
        unfold(value)


LEAVING = "/a //a .. ../a a/../b ../../etc/passwd C:a C:/a a\\b ..\\a . ./".split()


@pytest.mark.parametrize("path", [*LEAVING, "", "a\0", "a" * (MAX_PATH + 1), 1, None, b"a", ["a"]])
def test_a_path_that_leaves_the_folder_is_refused(path: object) -> None:
    with pytest.raises(NotPlain):
        unfold(one(path))


def test_a_path_may_hold_dots_and_colons_within() -> None:
    for path in ("..a", "a..b/...", ".a", "a/b:c"):
        assert unfold(one(path)) == {path: b"x"}


def test_too_many_files_are_refused() -> None:
    files = {str(number): b"" for number in range(MAX_FILES)}
    assert unfold(fold(files)) == files
    with pytest.raises(NotPlain, match="2,000"):
        unfold(fold({**files, "another": b""}))


def test_what_is_written_is_read_in_nested_folders_too(tmp_path: Path) -> None:
    files = {"a": b"1", "b/c/d.txt": b"\0\xff", "b/e": b""}
    write_files(tmp_path, files)
    assert (tmp_path / "b/c/d.txt").read_bytes() == b"\0\xff"
    assert read_files(tmp_path) == files
    write_files(tmp_path, {"a": b"2"})
    assert read_files(tmp_path) == {**files, "a": b"2"}


def test_a_folder_that_changes_is_read_again(tmp_path: Path) -> None:
    """A commit makes a journal and removes it; both files are read as they are after it."""
    pages, journal, ends = tmp_path / "db", tmp_path / "db-journal", threading.Event()

    def commit() -> None:
        for count in itertools.count():
            journal.write_text("half")
            pages.write_text(f"{count} {count}")
            journal.unlink()
            if ends.wait(0.001):
                break

    with concurrent.futures.ThreadPoolExecutor() as pool:
        pool.submit(commit)
        for _ in range(20):
            read_files(tmp_path)
        ends.set()
    ((name, content),) = read_files(tmp_path).items()
    first, second = content.split()
    assert (name, first) == ("db", second)


def test_what_is_no_ordinary_file_is_not_read(tmp_path: Path) -> None:
    folder, outside = tmp_path / "folder", tmp_path / "outside"
    for place in (folder, outside):
        place.mkdir()
        (place / "file").write_bytes(b"x")
    (folder / "link").symlink_to(outside / "file")
    (folder / "folders_link").symlink_to(outside)
    (folder / "circle").symlink_to(folder)
    (folder / "broken").symlink_to(tmp_path / "nothing")
    (folder / "device").symlink_to("/dev/zero")
    os.mkfifo(folder / "pipe")
    assert read_files(folder) == {"file": b"x"}
