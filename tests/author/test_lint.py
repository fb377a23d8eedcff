"""Each rule of lint: what breaks it, where the finding points, what it says."""

import json
import shutil

import pytest
from click.testing import CliRunner

from workbench.author.cli import app
from workbench.author.lint import lint

TOML = "exercise.toml"
CHECKS = "checks.py"
REFERENCE = "solution/answer.py"
MISTAKE = "solution/mistakes/per_cent.py"
LONG = "word " * 160
SHELVES = {"alternatives": 1, "mistakes": 4, "constants": 2}
LINKS = "https://a.org https://b.org\nhttps://c.org\n```python"

BROKEN = {
    # file; text to replace, its replacement; text on the line pointed at ("" for none); advice
    "brief too long": ("README.md", "The flight desk", LONG, "# Late share", "cut it to 120"),
    "title differs": ("README.md", "# Late share", "# Other", "# Other", "Begin with the exercise"),
    "no done means": ("README.md", "## Done means", "## Done", "", "Add the section `## Done me"),
    "no tasks": ("README.md", "## Task", "## The task", "", "Add the section `## Task`"),
    "third link": ("README.md", "```python", LINKS, "https://c.org", "There are 3 links; keep at"),
    "after too long": ("after.md", "Something", LONG, "word", "cut it to 150"),
    "two rungs": ("hints.md", "### 3", "", "## Task 1", "Task 1: It has 2 rungs"),
    "no blanks": ("hints.md", ".___()", ".mean()", "## Task 1", "Task 1: The last rung has no"),
    "task without hints": ("hints.md", "## Task 2", "## Task 3", "", "Task 2 has no hints"),
    "hints without task": ("hints.md", "## Task 2", "## Task 3", "## Task 3", "no such task"),
    "hints of no check": ("hints.md", "refuses_an", "refuse_an", "## Task 2", "no check refuse_an"),
    "just": ("README.md", "The flight desk wants", "Just this", "Just this", 'Leave out "Just"'),
    "simply in code": ("answer.py", "write it", "simply write", "simply", 'Leave out "simply"'),
    "todo": ("after.md", "Something", "TODO: something", "something", "Still to do: something"),
    "unknown key": (TOML, "\nminutes", "\nminuts = 1\nminutes", "minuts", 'mean "minutes"'),
    "stranger key": (TOML, "\nafter", "\ncolour = 1\nafter", "colour", "Remove it"),
    "missing key": (TOML, "\nminutes = 20", "", "", "lacks the key 'minutes'"),
    "no toml": (TOML, "\nminutes = 20", "\nminutes =", "", "Invalid value"),
    "other id": (TOML, '"late_share"', '"late_shares"', "id =", "must agree"),
    "no minutes": (TOML, "minutes = 20", "minutes = 0", "minutes = 0", "A number above 0"),
    "asks no sentence": (TOML, 'without any."', 'without any"', "asks =", "One sentence of"),
    "given and submitted": (TOML, "\nafter", '\ngiven = ["answer.py"]\nafter', "given", "none of"),
    "after unknown": (TOML, "after = []", 'after = ["x"]', "after", '"x" is no other exercise'),
    "unmeasured": (TOML, "{ value = 0.001, reference = [0, 0] }", "1", "error = 1", "calibrate"),
    "unused limit": (TOML, "error = ", "other = 1\nerror = ", "other", "never asks for"),
    "unknown limit": (CHECKS, "limits.error}", "limits.eror}", "limits.eror", "sets no limit eror"),
    "unrecorded": (
        CHECKS,
        'number("error"',
        'number("er"',
        "limit=limits.error",
        "evidence.number",
    ),
    "dumb assert": (
        CHECKS,
        "    refusal =",
        "    assert 1\n    refusal =",
        "assert 1",
        "says noth",
    ),
    "foreign import": (
        CHECKS,
        "from workbench",
        "import os\nfrom workbench",
        "import os",
        "not im",
    ),
    "private import": (CHECKS, "workbench.authoring", "workbench.judging", "judging", "not import"),
    "later check": (CHECKS, '"finds_the_share"', '"nothing"', "def refuses", "no earlier check"),
    "twin check": (CHECKS, "def refuses_an_empty_batch", "def finds_the_share", "def finds", "two"),
    "checks broken": (CHECKS, "def finds", "def 1finds", "def 1finds", "invalid decimal literal"),
    "no docstring": (
        CHECKS,
        '"""A batch without flights is refused."""',
        "",
        "def ref",
        "docstring",
    ),
    "no points": (CHECKS, "points=1, ", "", "def refuses", "@criterion needs points="),
    "starter imports": (
        "answer.py",
        "import",
        "import workbench\nimport",
        "import work",
        "without",
    ),
    "other signature": (REFERENCE, "flights: pd", "batch: pd", "def late", "The starter declares"),
    "missing name": (REFERENCE, "def late_share", "def _late", "Something", "The starter has late"),
    "extra name": (REFERENCE, "def", "def extra(): ...\ndef", "def extra", "starter has no extra"),
    "broken mistake": (MISTAKE, "def late", "def 1late", "def 1late", "Python cannot read this"),
    "mistake of nothing": (MISTAKE, "Fails: finds", "Fails: find", '"""', '"find_the_share" is no'),
    "mistake unnamed": (MISTAKE, "Fails:", "Breaks:", '"""', "Write the line `Fails: check`"),
    "mistake unsaid": (MISTAKE, "Says:", "Said:", '"""', "Write the line `Says:"),
}


def test_a_finished_exercise_is_clean(place):
    assert lint(place.root) == []
    assert lint(place.root, "late_share") == []


@pytest.mark.parametrize(("name", "old", "new", "line", "advice"), BROKEN.values(), ids=BROKEN)
def test_each_rule_points_at_the_line(place, edit, name, old, new, line, advice):
    path = edit(name, old, new)
    fitting = [f for f in lint(place.root) if f.path == path and advice in f.advice]
    assert fitting, lint(place.root)
    lines = ["", *path.read_text().splitlines()]
    assert all(line in lines[finding.line] for finding in fitting), fitting
    assert bool(line) == bool(fitting[0].line)


def test_the_judges_modules_are_neither_material_nor_learner_code(place, edit):
    edit(CHECKS, "from workbench", "from _world import draw\nfrom workbench")
    world = place.folder / "_world.py"
    world.write_text("import numpy\nfrom workbench.authoring import scenarios\n")
    assert lint(place.root) == []
    world.write_text("import mlflow\n")
    (finding,) = lint(place.root)
    assert (finding.path, finding.line) == (world, 1)
    assert "_world.py may not import mlflow" in finding.advice


@pytest.mark.parametrize(
    ("name", "advice"),
    [("after.md", "The text is empty; write it."), ("hints.md", "needs `## Task N: title`")],
)
def test_an_empty_text_is_named(place, name, advice):
    (place.folder / name).write_text("\n")
    (found,) = lint(place.root)
    assert found.path == place.folder / name
    assert advice in found.advice


@pytest.mark.parametrize(
    "name", ["README.md", "exercise.toml", "checks.py", "hints.md", "after.md"]
)
def test_a_missing_file_is_named(place, name):
    (place.folder / name).unlink()
    assert [(f.path, f.line) for f in lint(place.root)] == [(place.folder / name, 0)]


@pytest.mark.parametrize("room", ["folder", "solution"])
def test_a_missing_submit_file_is_named(place, room):
    path = getattr(place, room) / "answer.py"
    path.unlink()
    assert [finding.path for finding in lint(place.root)] == [path]


def test_a_missing_given_file_is_named(place):
    toml = place.folder / TOML
    toml.write_text('given = ["table.py"]\n' + toml.read_text())
    assert [finding.path for finding in lint(place.root)] == [place.folder / "table.py"]


@pytest.mark.parametrize(
    ("shelf", "least"), [("alternatives", 1), ("mistakes", 4), ("constants", 2)]
)
def test_shelves_are_counted(place, shelf, least):
    next((place.solution / shelf).glob("*.py")).unlink()
    (found,) = lint(place.root)
    assert found.path == place.solution / shelf
    assert found.advice == f"There are {least - 1} {shelf}; write {least} or more."


@pytest.mark.parametrize("name", ["notes.md", "solution/notes.md", "solution/mistakes/notes.md"])
def test_stray_files_are_named(place, name):
    folder = place.solution if name.startswith("solution/") else place.folder
    path = folder / name.removeprefix("solution/")
    path.write_text("notes")
    assert [finding.path for finding in lint(place.root)] == [path]


def test_material_is_fine_once_the_readme_names_it(place, edit):
    (place.folder / "try_it.py").write_text("import answer\n")
    edit("README.md", "## Done means", "Run `python try_it.py`.\n\n## Done means")
    assert lint(place.root) == []


def test_a_solution_without_exercise_is_named(place):
    shutil.rmtree(place.folder)
    assert [finding.path for finding in lint(place.root)] == [place.solution]


def test_a_missing_solution_is_named(place):
    shutil.rmtree(place.solution)
    assert [finding.path for finding in lint(place.root)] == [place.solution]


def test_one_broken_exercise_does_not_hide_another(place, edit):
    other = place.root / "exercises" / place.stage / "2_other"
    shutil.copytree(place.folder, other)
    edit("checks.py", "def finds", "def 1finds")
    assert {f.path.parent.name for f in lint(place.root)} >= {"1_late_share", "03_training"}


def test_the_command_prints_places_and_a_status(place):
    runner = CliRunner(env={"WORKBENCH_COURSE": str(place.root)})
    assert runner.invoke(app, ["lint"]).exit_code == 0
    (place.folder / "after.md").write_text("Simply so.\n")
    told = runner.invoke(app, ["lint", "late"])
    assert told.exit_code == 1
    assert told.stdout.startswith("exercises/03_training/1_late_share/after.md:1: Leave out")


def test_the_command_prints_json(place):
    (place.folder / "after.md").unlink()
    told = CliRunner(env={"WORKBENCH_COURSE": str(place.root)}).invoke(app, ["lint", "--json"])
    (finding,) = json.loads(told.stdout)["findings"]
    assert finding == {
        "file": "exercises/03_training/1_late_share/after.md",
        "line": 0,
        "advice": "This file is missing; write it.",
    }


def test_an_unknown_exercise_gets_a_near_name(place):
    told = CliRunner(env={"WORKBENCH_COURSE": str(place.root)}).invoke(app, ["lint", "lake_share"])
    assert (told.exit_code, told.stdout) == (2, "")
    assert 'Did you mean "late_share"?' in told.stderr
