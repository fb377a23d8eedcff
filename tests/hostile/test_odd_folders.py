"""Submission folders that no program of a learner's would make."""

import contextlib
import os
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from workbench.judging.submission import Submission, SubmissionError
from workbench.results import Outcome, Result

from .ground import SEED, Ground
from .judged import MOST_SECONDS
from .traces import changed_since, files_in


@pytest.fixture
def folder(ground: Ground, request: pytest.FixtureRequest) -> Path:
    made = ground.root / "submissions" / request.node.name
    made.mkdir(parents=True)
    return made


def judge(ground: Ground, folder: Path) -> Result:
    exercise = ground.exercise("desk")
    grader = ground.grader("process", exercise)
    before = files_in(ground.watched)
    started = time.monotonic()
    result = grader.grade(exercise, folder, seed=SEED)
    assert time.monotonic() - started < MOST_SECONDS
    assert (result.score, result.exit_status) == (0, 1), result.to_json()
    assert changed_since(before, ground.watched) == {}
    assert len(result.to_json()) < 20_000
    return result


def socket_at(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as sock, pytest.MonkeyPatch.context() as patch:
        patch.chdir(path.parent)  # the whole path may be too long for a socket
        sock.bind(path.name)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (os.mkfifo, "not an ordinary file"),
        (os.mkdir, "cannot be read"),
        (socket_at, "cannot be read"),
        (lambda path: path.symlink_to("/etc/passwd"), "it is a link"),
        (lambda path: path.symlink_to("/dev/zero"), "it is a link"),
        (lambda path: path.symlink_to(path), "it is a link"),
        (lambda path: path.symlink_to("../../course/solutions/01_demo/1_desk/desk.py"), "a link"),
        (lambda path: path.with_name("DESK.PY").write_text("x = 1"), "is missing"),
        (lambda path: path.with_name("desk.py\n").write_text("x = 1"), "is missing"),
        (lambda path: path.parent.rmdir(), "is missing"),
        (lambda path: path.write_bytes(bytes(1_000_001)), "are judged"),
    ],
)
def test_what_is_no_file_of_a_learners_is_not_read(
    ground: Ground, folder: Path, make: Callable[[Path], object], words: str
) -> None:
    make(folder / "desk.py")
    result = judge(ground, folder)
    assert {check.outcome for check in result.checks} == {Outcome.ERROR}
    assert words in result.checks[0].message


def test_files_beside_it_are_left_where_they_are(ground: Ground, folder: Path) -> None:
    (folder / "desk.py").write_text("import os\nprint(sorted(os.listdir()))")
    for number in range(2_000):
        (folder / f"{number}.py").write_text("raise SystemExit")
    (folder / "-rf").mkdir()
    result = judge(ground, folder)
    assert result.checks[0].output.strip() == "['desk.py']"


def test_a_hard_link_is_read_and_never_written(ground: Ground, folder: Path) -> None:
    (ground.root / "canary/code.py").write_text("open('desk.py', 'w').write('overwritten')")
    os.link(ground.root / "canary/code.py", folder / "desk.py")
    judge(ground, folder)
    (ground.root / "canary/code.py").unlink()


DEAR = {
    "a name of 300,000 parts": "import " + ".".join(["a"] * 300_000),
    "60,000 functions": "def f(): pass\n" * 60_000,
    "300,000 fields": "f'" + "{a}" * 300_000 + "'",
    "90,000 keywords": "f(" + ",".join(f"a{i}=1" for i in range(90_000)) + ")",
    "300,000 signs": "-" * 300_000 + "1",
    "an expression 90 deep": "[" * 90 + "1" + "]" * 90,
    "a line of 900,000": "x = " + "1 " * 450_000,
    "a codec of its own": "# coding: punycode\n" + "x" * 50_000 + "-" + "a" * 100_000,
    "a codec by its path": "# coding: ../../x\nx = 1",
}


@pytest.mark.parametrize("name", DEAR)
def test_code_that_is_dear_to_compile_costs_the_command_nothing(
    ground: Ground, folder: Path, name: str
) -> None:
    (folder / "desk.py").write_text(DEAR[name])
    started = time.process_time()
    with contextlib.suppress(SubmissionError):
        Submission.read(ground.exercise("desk"), folder)
    assert time.process_time() - started < 1


def test_code_that_is_dear_to_compile_is_the_learner_processs_own_trouble(
    ground: Ground, folder: Path
) -> None:
    (folder / "desk.py").write_text(DEAR["a name of 300,000 parts"])
    outcomes = {check.outcome for check in judge(ground, folder).checks}
    assert outcomes <= {Outcome.MEMORY, Outcome.TIMEOUT}


@pytest.mark.parametrize(
    "code",
    [b"x = 1 is 1 # \x1b[2J\n", b"x = '\\d' # \x1b]0;owned\x07\n", b"assert (1, '\x1b[2J')\n"],
)
def test_warnings_about_code_print_nothing(
    ground: Ground, folder: Path, code: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "desk.py").write_bytes(code)
    judge(ground, folder)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("content", [b"\xef\xbb\xbf", b"\x00", b"\r\x0c", b"\x1a", b"\xff"])
def test_bytes_that_are_hardly_code(ground: Ground, folder: Path, content: bytes) -> None:
    (folder / "desk.py").write_bytes(content * 3)
    judge(ground, folder)
