"""A course is read from folders, without running anything in them."""

import contextlib
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.course import Course, UnknownExercise, load_course
from workbench.declarations import CourseError
from workbench.paths import course_root

SMALL = Path(__file__).parent / "judging" / "course"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "course"))


@pytest.fixture
def folder(root: Path) -> Path:
    return root / "exercises/01_demo/1_tally"


def add(root: Path, stage: str, folder: str, name: str) -> None:
    target = root / "exercises" / stage / folder
    shutil.copytree(SMALL / "exercises/01_demo/1_tally", target)
    text = (target / "exercise.toml").read_text().replace('"tally"', f'"{name}"', 1)
    (target / "exercise.toml").write_text(text)


@pytest.fixture
def course(root: Path) -> Course:
    add(root, "01_demo", "10_tallies", "tallies")
    add(root, "01_demo", "2_count", "count_rows")
    add(root, "12_last", "1_end", "the_end")
    return load_course(root)


def test_stages_and_exercises_come_in_the_order_of_their_numbers(course: Course) -> None:
    assert [exercise.id for exercise in course] == ["tally", "count_rows", "tallies", "the_end"]
    assert [stage.title for stage in course.stages] == ["Demo", "Last"]


def test_an_exercise_knows_its_files_and_checks(course: Course) -> None:
    tally = course.find("tally")
    assert tally.path == "01_demo/tally"
    assert tally.max_score == 6
    assert [(c.id, c.points, c.requires) for c in tally.criteria] == [
        ("computes_the_mean", 2, None),
        ("keeps_a_tally", 3, None),
        ("starts_anew", 1, "keeps_a_tally"),
    ]
    assert tally.criteria[0].title == "The mean delay is right."
    assert tally.limits["error"].reference == (0, 0)
    assert (tally.solution / "tally.py").is_file()


def test_an_exercise_can_be_narrowed_to_a_check(course: Course) -> None:
    tally = course.find("tally")
    narrowed = {c: [k.id for k in tally.narrowed(c).criteria] for c in ("starts_anew", "no_check")}
    assert narrowed == {"starts_anew": ["starts_anew"], "no_check": []}
    assert tally.narrowed("computes_the_mean").max_score == 2


def test_a_check_comes_with_those_whose_notes_it_takes(root: Path) -> None:
    checks = load_course(root).find("tally").folder / "checks.py"
    for check in ("keeps_a_tally", "starts_anew"):
        text = checks.read_text()
        checks.write_text(text.replace(f"def {check}(", f"def {check}(notes, "))
    narrowed = load_course(root).find("tally").narrowed("starts_anew")
    assert [check.id for check in narrowed.criteria] == ["keeps_a_tally", "starts_anew"]


def test_an_exercise_knows_what_its_checks_import(root: Path) -> None:
    checks = load_course(root).find("tally").folder / "checks.py"
    checks.write_text("import os.path, json\nfrom datetime import date\n" + checks.read_text())
    assert {"os.path", "json", "datetime"} <= set(load_course(root).find("tally").imports)


def test_what_the_judges_modules_import_counts_as_well(root: Path) -> None:
    checks = load_course(root).find("tally").folder / "checks.py"
    checks.write_text("from _world import draw\n" + checks.read_text())
    checks.with_name("_world.py").write_text("import decimal\nimport _world, _gone\n")
    checks.with_name("_office.py").write_text("import mlflow\n")
    imports = load_course(root).find("tally").imports
    assert {"decimal", "_gone"} <= set(imports)
    assert not {"_world", "mlflow"} & set(imports)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("tally", "tally"),
        ("TALLY", "tally"),
        ("tallie", "tallies"),
        ("cou", "count_rows"),
        ("01_demo/count_rows", "count_rows"),
        ("01_demo/2_count", "count_rows"),
        ("exercise_that_is_not/", None),
        ("12", "the_end"),
        ("2_count", "count_rows"),
    ],
)
def test_an_exercise_is_found_by_any_of_its_names(
    course: Course, name: str, expected: str | None
) -> None:
    if expected is None:
        with pytest.raises(UnknownExercise, match="workbench list"):
            course.find(name)
    else:
        assert course.find(name).id == expected


def test_a_typo_gets_a_near_name_and_a_short_name_all_that_fit(course: Course) -> None:
    with pytest.raises(UnknownExercise, match='Did you mean "count_rows"'):
        course.find("cuont_rows")
    with pytest.raises(UnknownExercise, match="could be tally, tallies"):
        course.find("tal")


@given(st.text(max_size=20))
def test_any_text_finds_an_exercise_or_is_answered_in_words(name: str) -> None:
    with contextlib.suppress(UnknownExercise):
        assert load_course(SMALL).find(name).id == "tally"


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("exercise.toml", 'title = "Tally the flights"', "", "lacks the key 'title'"),
        ("exercise.toml", "minutes = 5", "minutes = five", "exercise.toml"),
        ("exercise.toml", "minutes = 5", 'minutes = "five"', "exercise.toml"),
        ("exercise.toml", "value = 0.001, ", "", "lacks the key 'value'"),
        (
            "checks.py",
            '"""The mean delay is right."""',
            "",
            r"checks.py:7: computes_the_mean needs",
        ),
        ("checks.py", "points=2, ", "", r"checks.py:7: @criterion needs points="),
        ("checks.py", "points=2", "points=POINTS", r"checks.py:7: @criterion needs points="),
        ("checks.py", "import math", "import", r"checks.py:1: "),
    ],
)
def test_a_fault_of_the_author_is_named_with_its_place(
    root: Path, folder: Path, file: str, old: str, new: str, words: str
) -> None:
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1))
    with pytest.raises(CourseError, match=words):
        assert load_course(root).find("tally").criteria


def test_other_faults_of_a_course_are_named(root: Path, folder: Path, tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="holds no exercises/ folder"):
        load_course(tmp_path / "nowhere")
    add(root, "01_demo", "2_twin", "tally")
    with pytest.raises(CourseError, match="share the id tally"):
        load_course(root)
    shutil.rmtree(root / "exercises/01_demo/2_twin")
    (folder / "checks.py").write_text("x = 1\n")
    with pytest.raises(CourseError, match="declares no @criterion"):
        assert load_course(root).find("tally").criteria
    (folder / "checks.py").unlink()
    with pytest.raises(CourseError, match="cannot be read"):
        assert load_course(root).find("tally").criteria


def test_the_course_of_this_project_can_be_read() -> None:
    assert [exercise.id for exercise in load_course(course_root())]
