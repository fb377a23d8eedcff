"""What holds for every attack, whatever it does."""

import json
import time

from workbench.course import Exercise
from workbench.reports.clean import plain_text
from workbench.results import CheckResult, Outcome, Result

from .attacks import Attack
from .ground import SEED, Ground
from .traces import changed_since, files_in, memory_segments, processes_left

MOST_SECONDS = 30.0
MOST_JSON = 100_000
NEIGHBOUR_AFTER = 5  # attacks, to save time; the message names them


def judge(ground: Ground, attack: Attack, isolation: str) -> None:
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
