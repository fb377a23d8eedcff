"""The command as a process: what it imports, how it ends, and what then is left."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from workbench.workspace.folder import Workspace

Begin = Callable[..., "subprocess.Popen[str]"]
Write = Callable[[str], Path]

HEAVY = {"pandas", "numpy", "sklearn", "mlflow", "great_expectations", "pyarrow", "scipy", "pytest"}
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), "")
SOLVED = "def double(x):\n    return 2 * x\n\n\ndef halve(x):\n    return x / 2\n"
SLOW = "import time\n\n\ndef double(x):\n    time.sleep(60)\n\n\ndef halve(x):\n    return x / 2\n"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


def wait_for(condition: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.05)


def browse(address: str, profile: Path) -> str:
    """Let a browser show a page, and return what then is in it."""
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    folder = f"--user-data-dir={profile / 'profile'}"
    options = ["--headless", "--disable-gpu", "--window-size=2400,1200", *root, folder]
    wait = "--virtual-time-budget=60000"
    return subprocess.run(
        [CHROMIUM, *options, wait, "--dump-dom", address],
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    ).stdout


def holds(text: str, words: Iterable[str]) -> bool:
    return all(word in text for word in words)


def members(group: int) -> list[int]:
    """Ids of the living processes of a group."""
    found = subprocess.run(
        ["ps", "-A", "-o", "pid=,pgid=,stat="], capture_output=True, text=True, check=True
    )
    rows = [line.split() for line in found.stdout.splitlines()]
    return [int(pid) for pid, its, state in rows if int(its) == group and state[0] != "Z"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("--version",),
        ("list",),
        ("list", "--json"),
        ("next",),
        ("hint",),
        ("check", "-h"),
        ("watch", "--help"),
        ("export", "progress.zip"),
        ("import", "--help"),
        ("page", "--help"),
        ("page", "portfolio"),
        ("test-out", "--help"),
        ("solution", "double", "--give-up", "--diff"),
        ("merge",),
        ("merge", "double"),
        ("backups",),
        ("restore", "--help"),
    ],
)
def test_are_heavy_libraries_left_alone(
    workspace: Workspace, environment: dict[str, str], arguments: tuple[str, ...]
) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "workbench", *arguments],
        cwd=workspace.root,
        env=os.environ | environment,
        capture_output=True,
        text=True,
    )
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "workbench.cli.commands" in imported
    assert {name.partition(".")[0] for name in imported} & HEAVY == set()


@pytest.mark.long
def test_is_the_real_verdict_told_before_mlflow_is(
    process: Begin, write: Write, workspace: Workspace
) -> None:
    write(SOLVED)
    check = process("check", "--json", mlflow=True)
    assert check.stdout is not None
    document = json.loads(check.stdout.readline())
    assert (document["outcome"], document["score"]) == ("passed", 3)
    assert check.poll() is None
    assert not (workspace.home / "mlflow.db").exists()
    said, complained = check.communicate(timeout=120)
    assert (check.returncode, said, complained) == (0, "", "")
    assert (workspace.home / "mlflow.db").exists()


def test_is_an_attempt_kept_when_the_store_is_broken(
    process: Begin, write: Write, workspace: Workspace
) -> None:
    write(SOLVED)
    (workspace.home / "mlflow.db").write_text("no database" * 100)
    check = process("check", mlflow=True)
    said, complained = check.communicate(timeout=120)
    assert check.returncode == 0
    assert "Passed: 3 of 3 points." in said
    assert complained.startswith("Your attempt is recorded in the ledger; MLflow will catch up")
    assert len(complained.splitlines()) == 1
    assert len(workspace.ledger.read()) == 1


@pytest.mark.long
def test_do_files_of_the_learner_not_get_into_our_processes(
    process: Begin, write: Write, workspace: Workspace
) -> None:
    write(SOLVED)
    for name in ("mlflow", "random", "json", "sitecustomize"):
        (workspace.root / f"{name}.py").write_text("raise SystemExit('imported')")
    # As the installed command does: the current folder is not on the path.
    code = "import sys; sys.path.remove(''); from workbench.__main__ import main; main()"
    check = subprocess.run(
        [sys.executable, "-c", code, "check", "--json"],
        cwd=workspace.root,
        env=os.environ | {"WORKBENCH_COURSE": str(workspace.root.parent / "course")},
        capture_output=True,
        text=True,
    )
    assert (check.returncode, check.stderr) == (0, "")


@pytest.mark.parametrize("signal_", [signal.SIGINT, signal.SIGTERM])
def test_does_ctrl_c_in_a_check_leave_nothing_behind(
    process: Begin, write: Write, workspace: Workspace, signal_: signal.Signals
) -> None:
    write(SLOW)
    check = process("check")
    wait_for(lambda: any(workspace.home.glob("scratch/*/double.py")))
    time.sleep(2)  # into the learner's sleep
    os.killpg(check.pid, signal_)
    _, complained = check.communicate(timeout=20)
    assert check.returncode == 130
    assert complained.count("\n") == 1
    assert complained.startswith("Interrupted; no file is half-written.")
    assert workspace.ledger.read() == ()
    assert not (workspace.home / "scratch").exists()
    wait_for(lambda: members(check.pid) == [], 10)


def test_does_a_killed_check_leave_a_workspace_that_works(
    process: Begin, write: Write, workspace: Workspace
) -> None:
    write(SLOW)
    check = process("check")
    wait_for(lambda: any(workspace.home.glob("scratch/*/double.py")))
    check.kill()
    check.wait()
    write(SOLVED)
    again = process("check", "--json")
    assert json.loads(again.communicate(timeout=120)[0])["outcome"] == "passed"
    assert len(workspace.ledger.read()) == 1
    assert not (workspace.home / "scratch").exists()


def test_is_ctrl_c_during_the_imports_a_sentence() -> None:
    code = (
        "import builtins, sys\n"
        "from workbench.__main__ import main\n"
        "real = builtins.__import__\n"
        "def interrupted(name, *rest):\n"
        "    if name == 'click':\n"
        "        raise KeyboardInterrupt\n"
        "    return real(name, *rest)\n"
        "builtins.__import__ = interrupted\n"
        "main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (130, "\nInterrupted; nothing was begun.\n")


def test_is_our_own_fault_called_so() -> None:
    code = (
        "import workbench.cli.commands\n"
        "from workbench.__main__ import main\n"
        "def broken(**_): raise ZeroDivisionError('ours')\n"
        "workbench.cli.commands.app = broken\n"
        "main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 2
    assert "ZeroDivisionError: ours" in done.stderr
    assert done.stderr.endswith("not yours. Please report the lines above.\n")


def test_is_an_attempt_kept_when_nobody_reads_on(
    process: Begin, write: Write, workspace: Workspace
) -> None:
    write(SOLVED)
    read, written = os.pipe()
    os.close(read)
    check = process("check", stdout=written)
    os.close(written)
    _, complained = check.communicate(timeout=120)
    assert complained == ""
    assert check.returncode == 0
    assert len(workspace.ledger.read()) == 1


def test_is_an_attempt_kept_when_there_is_no_output(
    process: Begin, write: Write, workspace: Workspace
) -> None:
    write(SOLVED)
    check = process("check", stdout=None, preexec_fn=lambda: os.close(1))
    _, complained = check.communicate(timeout=120)
    assert (check.returncode, complained) == (0, "")
    assert len(workspace.ledger.read()) == 1


def test_is_no_letter_a_crash(workspace: Workspace, environment: dict[str, str]) -> None:
    readme = workspace.root.parent / "course/exercises/01_counting/1_double/README.md"
    readme.write_text("# Äußerst ✔\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "workbench", "next"],
        cwd=workspace.root,
        env=os.environ | environment | {"PYTHONIOENCODING": "ascii"},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(("variable", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_are_colours_for_terminals_that_want_them(
    workspace: Workspace,
    environment: dict[str, str],
    variable: dict[str, str],
    coloured: bool,
) -> None:
    pexpect = pytest.importorskip("pexpect")
    variables = {**os.environ, **environment, "TERM": "xterm-256color", **variable}
    if not variable:
        variables.pop("NO_COLOR", None)
    arguments = ["-m", "workbench", "list"]
    screen, status = pexpect.run(
        " ".join([sys.executable, *arguments]),
        cwd=str(workspace.root),
        env=variables,
        withexitstatus=True,
    )
    assert status == 0
    assert b"Double a number" in screen
    assert (b"\x1b[2m" in screen or b"\x1b[1m" in screen) or not coloured
    assert not any(f"\x1b[{colour}m".encode() in screen for colour in range(31, 37)) or coloured


def test_does_nobody_wait_for_mlflow_at_a_prompt(
    workspace: Workspace, environment: dict[str, str], write: Write
) -> None:
    """The record is made in the background; why it could not be is told at the next check."""
    pexpect = pytest.importorskip("pexpect")
    write(SOLVED)
    store = workspace.home / "mlflow.db"
    store.write_bytes(b"no database" * 100)

    def check() -> str:
        command = f"{sys.executable} -m workbench check double"
        variables = {**os.environ, **environment, "TERM": "xterm-256color"}
        variables.pop("MLFLOW_TRACKING_URI", None)
        screen, status = pexpect.run(
            command, cwd=str(workspace.root), env=variables, withexitstatus=True, timeout=120
        )
        assert status == 0
        assert b"Passed: 3 of 3 points." in screen
        return str(screen.decode())

    assert "MLflow" not in check()
    wait_for(workspace.unrecorded.exists, 120)
    store.unlink()
    assert "Earlier attempts were not told to MLflow, which is tried again" in check()
    wait_for(lambda: store.exists() and not workspace.unrecorded.exists(), 120)


@contextlib.contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[None]:
    """Mount a disk of a few kilobytes; only root may."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("disks cannot be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_does_start_go_on_once_there_is_room(
    tmp_path: Path, workspace: Workspace, process: Begin
) -> None:
    with small_disk(disk := tmp_path / "disk", 16):
        start = process("start", str(disk / "desk"), cwd=tmp_path)
        _, complained = start.communicate(timeout=120)
        assert start.returncode == 2
        assert complained == (
            "The disk is full; no file is half-written. Make room, then run the command again.\n"
        )
        subprocess.run(["mount", "-o", "remount,size=50m", str(disk)], check=True)
        start = process("start", str(disk / "desk"), cwd=tmp_path)
        start.communicate(timeout=120)
        assert start.returncode == 0
        assert (disk / "desk/02_naming/greet/greet.py").exists()


def test_does_a_full_disk_cost_no_earlier_attempt(
    tmp_path: Path, workspace: Workspace, process: Begin
) -> None:
    with small_disk(disk := tmp_path / "disk", 20_000):
        process("start", str(disk / "desk"), cwd=tmp_path).communicate(timeout=120)
        (disk / "desk/01_counting/double/double.py").write_text(SOLVED)
        process("check", "double", cwd=disk / "desk").communicate(timeout=120)
        ledger = disk / "desk/.workbench/attempts.jsonl"
        before = ledger.read_bytes()
        with contextlib.suppress(OSError), (disk / "filler").open("wb", buffering=0) as filler:
            while True:
                filler.write(b"\0" * 4096)
        check = process("check", "double", cwd=disk / "desk")
        _, complained = check.communicate(timeout=120)
        assert check.returncode == 2
        assert len(complained.splitlines()) == 1
        assert ledger.read_bytes() == before


@pytest.mark.long
def test_does_the_ui_show_the_attempts_and_end(
    process: Begin, write: Write, workspace: Workspace, tmp_path: Path
) -> None:
    write(SOLVED)
    process("check", "double", mlflow=True).communicate(timeout=120)
    ui = process("ui")
    assert ui.stdout is not None
    line = ""
    while not line.startswith("attempts "):
        line = ui.stdout.readline()
        assert line or ui.poll() is None
    address = line.split()[1]
    assert address.startswith("http://127.0.0.1:")
    assert address.partition("/#/")[2].startswith("experiments/1/runs?")
    assert urlopen(address, timeout=10).status == 200
    if CHROMIUM:
        words = ("max_score", "outcome", "#1 3/3 double", "Attempts")
        # A busy machine may not have drawn it all when the browser's time is up.
        wait_for(lambda: holds(browse(address, tmp_path), words), 300)
    os.killpg(ui.pid, signal.SIGINT)
    _, complained = ui.communicate(timeout=30)
    assert (ui.returncode, complained) == (130, "MLflow has ended.\n")
    wait_for(lambda: members(ui.pid) == [], 10)
