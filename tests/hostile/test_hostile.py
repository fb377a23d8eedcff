"""Every hostile submission is judged for real: it wins nothing, harms nobody, leaves nothing.

Attacks on the network aim at loopback; attacks on resources are bounded, so that a sandbox that
fails harms nobody.
"""

import json
import shutil
import socket
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from workbench.course import Exercise, load_course
from workbench.flights.table import open_flights
from workbench.judging.confine import Bounds
from workbench.judging.grade import Grader
from workbench.paths import cache_root, course_root
from workbench.reports.clean import plain_text
from workbench.results import CheckResult, Outcome, Result

from .attacks import HERE, Attack, find_attacks
from .traces import changed_since, files_in, memory_segments, processes_left

SEED = 71
MOST_SECONDS = 30.0
MOST_JSON = 100_000
NEIGHBOUR_AFTER = 5  # attacks, to save time; the message names them
BOUNDS = Bounds(memory=256 * 2**20, load=1.5)
needs_sandbox = pytest.mark.skipif(not shutil.which("bwrap"), reason="bubblewrap is not here")
pytestmark = pytest.mark.xdist_group("hostile")


@dataclass
class Range:
    """Where attacks are judged: folders and a listener of their own, graders that stay warm."""

    root: Path
    listener: socket.socket
    graders: dict[tuple[str, str], Grader] = field(default_factory=dict)
    unchecked: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    @property
    def watched(self) -> list[Path]:
        return [self.root / name for name in ("tmp", "home", "course", "canary", "submissions")]

    def exercise(self, name: str) -> Exercise:
        root = self.root / "course" if name == "desk" else course_root()
        return load_course(root).find(name)

    def grader(self, isolation: str, exercise: Exercise) -> Grader:
        key = (isolation, exercise.id)
        if key not in self.graders:
            bounds = BOUNDS if exercise.id == "desk" else None
            grader = Grader(exercise.needs, isolation=isolation, bounds=bounds)
            self.graders[key], self.unchecked[key] = grader.__enter__(), []
            self.check_neighbour(*key)  # files that the judge itself keeps are there from now on
        return self.graders[key]

    def check_neighbour(self, isolation: str, name: str) -> None:
        """The reference still earns all points from the grader that judged the attacks."""
        culprits, self.unchecked[isolation, name] = self.unchecked[isolation, name], []
        exercise = self.exercise(name)
        result = self.graders[isolation, name].grade(exercise, exercise.solution, seed=SEED)
        assert result.outcome is Outcome.PASSED, f"after {culprits}: {result.to_json()}"
        assert result.score == result.max_score

    def lay_out(self, attack: Attack, isolation: str) -> Path:
        places = {
            "CANARY": self.root / "canary",
            "COURSE": self.root / "course",
            "PORT": self.listener.getsockname()[1],
        }
        return attack.lay_out(self.root / "submissions" / isolation, places)

    def visitors(self) -> int:
        """Count who has connected to the listener."""
        count = 0
        while True:
            try:
                self.listener.accept()[0].close()
            except BlockingIOError:
                return count
            count += 1


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Range]:
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
        found = Range(root, listener)
        yield found
        for grader in found.graders.values():
            grader.__exit__()
        assert not list((root / "tmp").iterdir())


def judge(ground: Range, attack: Attack, isolation: str) -> None:
    """Judge an attack; whatever it does, these hold."""
    exercise = ground.exercise(attack.exercise)
    grader = ground.grader(isolation, exercise)
    submission = ground.lay_out(attack, isolation)
    files, segments = files_in(ground.watched), memory_segments()
    told: list[CheckResult] = []
    started = time.monotonic()
    result = grader.grade(exercise, submission, seed=SEED, on_check=told.append)
    assert time.monotonic() - started < MOST_SECONDS
    assert_wins_nothing(attack, exercise, result)
    assert_is_fit_to_show(result)
    assert processes_left() == []
    assert changed_since(files, ground.watched) == {}
    assert memory_segments() == segments
    if attack.ends != "not run":
        assert tuple(told) == result.checks
    unchecked = ground.unchecked[isolation, exercise.id]
    unchecked.append(attack.name)
    if len(unchecked) == NEIGHBOUR_AFTER:
        ground.check_neighbour(isolation, exercise.id)


def assert_wins_nothing(attack: Attack, exercise: Exercise, result: Result) -> None:
    told = "\n".join(f"{c.id}: {c.outcome}: {c.message}\n{c.output}" for c in result.checks)
    outcomes = {check.outcome for check in result.checks}
    assert result.score <= attack.earns, told
    assert result.max_score == exercise.max_score
    assert result.exit_status != 0, told
    assert attack.ends in outcomes, told
    faults = outcomes & {Outcome.GRADER_ERROR, Outcome.NOT_RUN}
    assert not faults or attack.ends in faults, told
    assert "FOUND" not in told, told
    assert attack.prints in told, told


def assert_is_fit_to_show(result: Result) -> None:
    document = result.to_json()
    assert len(document.encode()) < MOST_JSON
    assert Result.from_json(document) == result
    json.dumps(result.public()).encode()
    for check in result.checks:
        # results keep what was said; reports show it by way of plain_text
        shown = plain_text(check.message + check.output + check.hint)
        assert not [c for c in shown if ord(c) < 32 and c not in "\n\t"]


@pytest.mark.parametrize("attack", find_attacks("process"), ids=lambda attack: attack.name)
def test_an_attack_at_level_process(ground: Range, attack: Attack) -> None:
    judge(ground, attack, "process")


@needs_sandbox
@pytest.mark.parametrize("attack", find_attacks("sandbox"), ids=lambda attack: attack.name)
def test_an_attack_at_level_sandbox(ground: Range, attack: Attack) -> None:
    judge(ground, attack, "sandbox")
    assert ground.visitors() == 0


def test_the_last_neighbours_are_unharmed(ground: Range) -> None:
    for key, culprits in ground.unchecked.items():
        if culprits:
            ground.check_neighbour(*key)
