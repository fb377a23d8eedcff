"""Calibration: ranges beside limits, warnings, and an author's own faults at their line."""

import io
import json

import pytest
from click.testing import CliRunner
from rich.console import Console

from workbench.author.calibrate import Calibration, Way, calibrate
from workbench.author.cli import app
from workbench.author.screens import show_calibration
from workbench.author.trials import CheckBroken
from workbench.author.variants import Kind, Variant
from workbench.course import Limit
from workbench.declarations import CourseError


def way(kind: Kind, *numbers: float) -> Way:
    variant = Variant(kind, "one", None, ())
    return Way(variant, (3, 3), {}, {"error": (min(numbers), max(numbers))}, ())


@pytest.fixture
def exercise(place):
    return place.load()


def warnings(exercise, limit: Limit, *ways: Way, seeds: int = 20) -> list[str]:
    exercise.limits["error"] = limit
    return list(Calibration(exercise, seeds, ways, ()).warnings)


@pytest.mark.parametrize(
    ("measured", "seeds", "said"),
    [
        ((1.0, 2.0), 20, []),
        ((1.0004, 1.9996), 20, []),
        ((1.0, 1.9), 20, ["error: write reference = [1, 1.9]; there is [1, 2]."]),
        ((1.0, 1.9), 5, []),
        ((1.0, 2.1), 5, ["error: write reference = [1, 2.1]; there is [1, 2]."]),
    ],
)
def test_the_written_range_is_compared(exercise, measured, seeds, said):
    limit = Limit(10, reference=(1, 2))
    assert warnings(exercise, limit, way(Kind.REFERENCE, *measured), seeds=seeds) == said


def test_an_unwritten_range_is_asked_for(exercise):
    said = warnings(exercise, Limit(10), way(Kind.REFERENCE, 1, 2))
    assert said == ["error: write reference = [1, 2]; there is nothing."]


def test_a_limit_without_numbers_is_named(exercise):
    silent = Way(Variant(Kind.REFERENCE, "reference", None, ()), (3, 3), {}, {}, ())
    (said,) = warnings(exercise, Limit(10, (1, 2)), silent)
    assert said.startswith("error: nothing was recorded")


@pytest.mark.parametrize(
    ("kind", "numbers", "near"),
    [
        (Kind.ALTERNATIVE, (1, 8.9), False),
        (Kind.ALTERNATIVE, (1, 9.0), True),
        (Kind.ALTERNATIVE, (11.0, 20), True),
        (Kind.ALTERNATIVE, (11.1, 20), False),
        (Kind.ALTERNATIVE, (1, 20), True),
        (Kind.MISTAKE, (9.9, 9.9), False),
    ],
)
def test_right_ways_need_room_to_the_limit(exercise, kind, numbers, near):
    reference = way(Kind.REFERENCE, 1, 2)
    said = warnings(exercise, Limit(10, (1, 2)), reference, way(kind, *numbers))
    assert any("within 10 % of the limit 10." in text for text in said) == near
    assert len(said) == near


def test_all_is_well(place):
    runner = CliRunner(env={"WORKBENCH_COURSE": str(place.root)})
    told = runner.invoke(app, ["calibrate", "--seeds", "2", "--json"])
    assert told.exit_code == 0
    assert "late_share" in told.stderr
    (found,) = json.loads(told.stdout)["exercises"]
    assert (found["exercise"], found["max_points"], found["warnings"]) == ("late_share", 3, [])
    assert found["limits"] == [{"name": "error", "value": 0.001, "reference": [0, 0]}]
    ways = {way["name"]: way for way in found["ways"]}
    assert len(ways) == 8
    assert all(way["as_it_must"] for way in ways.values())
    assert ways["reference"]["points"] == ways["counting"]["points"] == [3, 3]
    assert ways["never"]["points"] == [0, 0]
    assert ways["per_cent"]["missed"] == {ways["per_cent"]["names"]: 2} == {"finds_the_share": 2}
    assert ways["nothing_is_zero"]["missed"] == {"refuses_an_empty_batch": 2}


def test_ways_that_get_something_else_are_told(place, edit):
    edit("solution/mistakes/per_cent.py", "finds_the_share", "refuses_an_empty_batch")
    edit("solution/mistakes/divides_by_zero.py", "ZeroDivisionError", "KeyError")
    edit("solution/constants/never.py", "return 0.0", 'return float(flights["late"].mean())')
    edit("solution/alternatives/counting.py", "late / len", "1 - late / len")
    told = "\n".join(calibrate(place.load(), 1).warnings)
    assert "mistake per_cent: refuses_an_empty_batch must fail; it did not. (seed 1)" in told
    assert "mistake per_cent: finds_the_share must pass; it was failed" in told
    assert 'divides_by_zero: refuses_an_empty_batch must say "a KeyError was raised"; it' in told
    assert "constant never: It must earn nothing; it earned 2 with finds_the_share." in told
    assert "alternative counting: finds_the_share must pass; it was failed: Count" in told


def test_a_message_that_nobody_reads_is_named(place, edit):
    for name in ("divides_by_zero", "nothing_is_zero"):
        (place.solution / "mistakes" / f"{name}.py").unlink()
    said = calibrate(place.load(), 1).warnings
    lines = (place.folder / "checks.py").read_text().splitlines()
    silent = [n for n, line in enumerate(lines, 1) if line.startswith("    assert refusal")]
    assert [text.split(": ")[0] for text in said] == [f"checks.py:{line}" for line in silent]


def test_only_some_ways(exercise):
    ticks = []
    found = calibrate(exercise, 1, "constant", lambda: ticks.append(1))
    assert [str(way.variant) for way in found.ways] == ["constant always", "constant never"]
    assert len(ticks) == 2
    assert found.warnings == ()


def test_no_such_way(exercise):
    with pytest.raises(CourseError, match='no way with "per cent" in its name; it has reference,'):
        calibrate(exercise, 1, "per cent")


def faulty_line(path, text: str) -> str:
    lines = path.read_text().splitlines()
    return f"checks.py:{next(n for n, line in enumerate(lines, 1) if text in line)}: "


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("    worst =", "    1 / 0\n    worst =", "ZeroDivisionError: division by zero"),
        ("limits.error,", "limits.eror,", "exercise.toml sets no limit eror; it has error."),
    ],
    ids=["exception", "unknown limit"],
)
def test_a_fault_inside_a_check_is_shown_at_its_line(place, edit, old, new, fault):
    path = edit("checks.py", old, new)
    with pytest.raises(CheckBroken) as told:
        calibrate(place.load(), 1)
    said = str(told.value)
    assert faulty_line(path, new.strip().splitlines()[0]) + "finds_the_share broke." in said
    assert "Traceback" in said
    assert fault in said


def test_checks_that_cannot_be_imported_are_shown(place, edit):
    edit("checks.py", "import calendar", "import calender")
    with pytest.raises(CheckBroken, match=r"checks\.py:3: in <module>") as told:
        calibrate(place.load(), 1)
    assert "cannot import name 'calender'" in str(told.value)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("def finds", "def 1finds"),
        ('    """The share of late flights is right in any week."""\n', ""),
    ],
    ids=["syntax", "no docstring"],
)
def test_checks_that_cannot_be_read_are_shown_at_their_line(place, edit, old, new):
    path = edit("checks.py", old, new)
    with pytest.raises(CourseError, match=r"checks\.py:\d+: ") as told:
        calibrate(place.load(), 1)
    assert faulty_line(path, "finds_the_share(learner") in str(told.value)


def test_ranges_are_shown_beside_limits(exercise):
    exercise.limits["error"] = Limit(10, (1, 2))
    ways = (way(Kind.REFERENCE, 1, 2), way(Kind.MISTAKE, 30, 40.5))
    screen = Console(file=io.StringIO(), width=100)
    show_calibration(Calibration(exercise, 20, ways, ()), screen)
    rows = [" ".join(line.split()) for line in screen.file.getvalue().splitlines()]
    assert "error 10 [1, 2] reference one [1, 2]" in rows
    assert "mistake one [30, 40.5]" in rows
    assert rows[-1] == "Every way gets what it must, with room to the limits."


def test_the_command_shows_a_broken_check(place, edit):
    edit("checks.py", "    worst =", "    1 / 0\n    worst =")
    runner = CliRunner(env={"WORKBENCH_COURSE": str(place.root)})
    told = runner.invoke(app, ["calibrate", "--seeds", "1"])
    assert told.exit_code == 2
    assert "ZeroDivisionError" in told.stderr
