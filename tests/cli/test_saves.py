"""What counts as a save."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from workbench.judging.submission import MAX_FILE
from workbench.watching.saves import Saves


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "double.py"
    path.write_text("x = 1\n")
    return path


def looks(saves: Saves, number: int = 4) -> list[bool]:
    return [saves.seen() for _ in range(number)]


def test_is_a_save_seen_once_when_it_has_come_to_rest(file: Path) -> None:
    saves = Saves([file])
    assert looks(saves) == [False] * 4
    file.write_text("x = 2\n")
    assert not saves.seen()
    assert saves.unsettled
    assert looks(saves) == [True, False, False, False]
    assert not saves.unsettled


def test_is_a_file_that_is_being_written_waited_for(file: Path) -> None:
    saves = Saves([file])
    for size in range(1, 5):
        file.write_text("y" * size)
        assert not saves.seen()
    assert saves.seen()


def test_does_a_save_without_a_change_mean_nothing(file: Path) -> None:
    saves = Saves([file])
    file.write_text("x = 1\n")
    os.utime(file, (1, 1))
    assert looks(saves) == [False] * 4


def test_is_a_change_seen_whose_time_and_size_are_as_before(file: Path) -> None:
    """Some disks tell times no finer than two seconds."""
    saves, before = Saves([file]), file.stat()
    file.write_text("x = 2\n")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert looks(saves) == [False, True, False, False]


def test_is_an_old_file_put_in_place_seen(file: Path, tmp_path: Path) -> None:
    """Editors save by renaming; `cp -p` brings an old time along."""
    saves, other = Saves([file]), tmp_path / "other"
    other.write_text("x = 3\n")
    os.utime(other, (1, 1))
    other.replace(file)
    assert looks(saves) == [False, True, False, False]


def test_is_the_way_back_a_save_too(file: Path) -> None:
    saves = Saves([file])
    for text in ("x = 2\n", "x = 1\n"):
        file.write_text(text)
        assert looks(saves, 2) == [False, True]


def test_are_several_files_one_submission(file: Path, tmp_path: Path) -> None:
    second = tmp_path / "second.py"
    saves = Saves([file, second])
    second.write_text("y = 1\n")
    assert looks(saves, 2) == [False, True]


@pytest.mark.parametrize("odd", ["gone", "empty", "folder", "fifo", "link"])
def test_is_what_cannot_be_judged_no_save(file: Path, odd: str) -> None:
    saves = Saves([file])
    file.unlink()
    make = {
        "gone": lambda: None,
        "empty": file.touch,
        "folder": file.mkdir,
        "fifo": lambda: os.mkfifo(file),
        "link": lambda: file.symlink_to("/etc/passwd"),
    }
    make[odd]()
    assert looks(saves) == [False] * 4


def test_is_no_more_read_than_could_be_judged(file: Path) -> None:
    saves = Saves([file])
    with file.open("wb") as large:
        large.truncate(100 * MAX_FILE)
    assert looks(saves, 2) == [False, True]
