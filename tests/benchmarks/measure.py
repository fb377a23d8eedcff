"""Print how long the workbench takes, next to a floor measured in the same run."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pexpect

from workbench import scenarios
from workbench.course import Exercise, load_course
from workbench.flights.table import open_flights
from workbench.judging.grade import Grader
from workbench.paths import course_root
from workbench.scenarios import World

sys.path.insert(0, str(Path(__file__).parent))

SEED = 2013
ROUNDS = 5
MEASURED = ("first_suite", "alarm_on_drift")  # one with Great Expectations, one without
FLOOR_IMPORTS = {
    "great_expectations": "import pytest, pandas, pyarrow.parquet, great_expectations",
    "": "import pytest, pandas, pyarrow.parquet, scipy.stats",
}


def main(chosen: Sequence[str]) -> None:
    """Run every benchmark, with two exercises or those chosen."""
    course = load_course(course_root())
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "desk"
        _run("start", str(workspace))
        light_commands(workspace)
        record_beside_verdict(workspace, next(iter(course)))
        save_to_verdict(workspace, next(iter(course)))
    batches()
    for exercise in map(course.find, chosen or MEASURED):
        cold_and_warm(exercise)


def light_commands(workspace: Path) -> None:
    """Commands that import nothing heavy, next to a Python that imports click and rich alone."""
    floor = [sys.executable, "-c", "import click, rich.console"]
    for command in ("--help", "list", "next", "hint"):
        base, ours = paired(
            lambda: _quiet(floor), lambda command=command: _run(command, cwd=workspace)
        )
        row(f"workbench {command}", ours, f"{ours / base:.1f} x click and rich ({base:.3f} s)")


def record_beside_verdict(workspace: Path, exercise: Exercise) -> None:
    """What the record of the attempt adds before the verdict is on the screen."""
    solution = str(exercise.solution)
    alone = ["check", exercise.id, "--submission", solution]
    for name in exercise.submit:
        target = next(workspace.glob(f"*/{exercise.id}")) / name
        target.write_bytes((exercise.solution / name).read_bytes())
    without, within = paired(
        lambda: _until_verdict(alone, workspace),
        lambda: _until_verdict(["check", exercise.id], workspace),
        timed=False,
    )
    row("verdict in a workspace", within, f"{within - without:+.2f} s beside one not recorded")


def save_to_verdict(workspace: Path, exercise: Exercise) -> None:
    """From a save, while `watch` is warm, to the verdict; next to the work by itself."""
    from floors import run_plainly

    target = next(workspace.glob(f"*/{exercise.id}")) / exercise.submit[0]
    solved = (exercise.solution / exercise.submit[0]).read_text()
    watch = ["-m", "workbench", "watch", exercise.id]
    screen = pexpect.spawn(sys.executable, watch, cwd=str(workspace), encoding="utf-8", timeout=120)
    screen.expect_exact("q quit")

    def save() -> float:
        started = time.perf_counter()
        target.write_text(f"{solved}\n# {started}\n")
        screen.expect_exact("points.")
        seconds = time.perf_counter() - started
        screen.expect_exact("q quit")
        return seconds

    def work() -> float:
        started = time.perf_counter()
        run_plainly(exercise, exercise.solution, SEED)
        return time.perf_counter() - started

    save(), work()  # imports
    own, loop = paired(work, save, timed=False)
    screen.close(force=True)
    row(
        f"{exercise.id}, from save to verdict",
        loop,
        f"own {own:.2f} x 1.2 {loop - 1.2 * own:+.2f} s",
    )


def batches() -> None:
    """A batch with an event, next to the calm one of the same week."""
    stream = World(open_flights(), SEED, "batches").stream(["distance", "hour", "carrier", "late"])
    for event in (
        scenarios.UnitChange("distance", 1.609),
        scenarios.DuplicatedRows(1.0),
        scenarios.CovariateShift("hour", 2.0),
        scenarios.LabelShift(0.3),
    ):
        planted = stream.plant(event, scenarios.Sudden(14))
        calm, ours = paired(lambda: stream.batch(20), lambda planted=planted: planted.batch(20))
        row(f"a batch with {event.name}", ours, f"{ours / calm:.1f} x a calm one ({calm:.4f} s)")


def cold_and_warm(exercise: Exercise) -> None:
    """A whole `check` from cold, and a judgement from warm, next to the work by itself."""
    from floors import run_plainly

    run_plainly(exercise, exercise.solution, SEED)
    heavy = next((name for name in FLOOR_IMPORTS if name in exercise.needs), "")
    imports = [sys.executable, "-c", FLOOR_IMPORTS[heavy]]
    command = ["check", exercise.id, "--submission", str(exercise.solution), "--json"]
    floor, cold = paired(lambda: _quiet(imports), lambda: _run(*command))
    with Grader(exercise.needs, exercise.imports) as grader:
        grader.grade(exercise, exercise.solution, seed=SEED)
        own, warm = paired(
            lambda: run_plainly(exercise, exercise.solution, SEED),
            lambda: grader.grade(exercise, exercise.solution, seed=SEED),
        )
    beyond = cold - own - floor
    row(f"{exercise.id}, cold", cold, f"imports {floor:.2f} + own {own:.2f} {beyond:+.2f} s")
    row(f"{exercise.id}, warm", warm, f"own {own:.2f} x 1.2 {warm - 1.2 * own:+.2f} s")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**20
    row(f"{exercise.id}, largest process so far", peak, "GB")


def paired(
    first: Callable[[], object], second: Callable[[], object], *, timed: bool = True
) -> tuple[float, float]:
    """Take turns, so that a slow moment of the machine meets both; give the medians."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for run, kept in zip((first, second), times, strict=True):
            started = time.perf_counter()
            value = run()
            kept.append(time.perf_counter() - started if timed else float(str(value)))
    return statistics.median(times[0]), statistics.median(times[1])


def row(what: str, value: float, beside: str) -> None:
    """Print one line."""
    print(f"{what:45} {value:7.3f}   {beside}", flush=True)


def _until_verdict(arguments: Sequence[str], cwd: Path) -> float:
    """Seconds until the line with the verdict comes out of the pipe."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "workbench", *arguments]
    with subprocess.Popen(command, cwd=cwd, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        for line in process.stdout:
            if "Score" in line or "points" in line:
                seconds = time.perf_counter() - started
                process.stdout.read()
                return seconds
    raise RuntimeError("The verdict never came.")


def _run(*arguments: str, cwd: Path | None = None) -> None:
    _quiet([sys.executable, "-m", "workbench", *arguments], cwd)


def _quiet(command: Sequence[str], cwd: Path | None = None) -> None:
    subprocess.run(command, cwd=cwd, capture_output=True, check=False, env=os.environ)


if __name__ == "__main__":
    main(sys.argv[1:])
