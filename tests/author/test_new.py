"""The scaffold: an exercise that is discovered and runs as it stands."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from workbench.author.cli import app
from workbench.author.lint import lint
from workbench.author.new import NotLaidOut, lay_out
from workbench.course import load_course


def check(root: Path, folder: Path) -> tuple[int, dict]:
    """Run `workbench check` as a learner's terminal would."""
    done = subprocess.run(
        [sys.executable, "-m", "workbench", "check", "my_task", "--submission", folder, "--json"],
        env={**os.environ, "WORKBENCH_COURSE": str(root)},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
    )
    return done.returncode, json.loads(done.stdout)


def test_the_scaffold_is_found_without_touching_another_file(place):
    before = {p: p.read_bytes() for p in place.root.rglob("*") if p.is_file()}
    lay_out(place.root, "03/my_task")
    assert [exercise.id for exercise in load_course(place.root)] == ["late_share", "my_task"]
    assert all(path.read_bytes() == content for path, content in before.items())


def test_the_scaffold_lacks_nothing_but_what_its_author_knows(root):
    lay_out(root, "03_training/my_task")
    found = lint(root)
    assert found
    assert all(finding.advice.startswith("Still to do: ") for finding in found)


def test_the_scaffold_runs(root):
    place = lay_out(root, "03_training/my_task")
    status, document = check(root, place.solution)
    assert (status, document["outcome"], document["score"]) == (0, "passed", 3)
    status, document = check(root, place.folder)
    assert (status, document["outcome"], document["score"]) == (1, "not attempted", 0)


def test_numbers_and_stages(root):
    made = [lay_out(root, path) for path in ("03_training/a", "03/b", "03_training/c", "11_x/d")]
    assert [f"{place.stage}/{place.name}" for place in made] == [
        "03_training/1_a",
        "03_training/2_b",
        "03_training/3_c",
        "11_x/1_d",
    ]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("03_training/late_share", "The id late_share is taken; nothing is overwritten."),
        ("11_other/late_share", "is taken"),
        ("training/new", '"training" is no stage; there is 03_training.'),
        ("../up", '".." is no stage'),
        ("03/../up", "is not STAGE/ID"),
        ("03_training", "is not STAGE/ID"),
        ("03_training/Not-This", "is not STAGE/ID"),
    ],
)
def test_bad_names_are_refused_and_nothing_is_written(place, path, said):
    before = sorted(place.root.rglob("*"))
    with pytest.raises(NotLaidOut, match=said.replace(".", r"\.")):
        lay_out(place.root, path)
    assert sorted(place.root.rglob("*")) == before


def test_a_solution_alone_takes_the_name_too(root):
    (root / "solutions" / "03_training" / "1_mine").mkdir(parents=True)
    with pytest.raises(NotLaidOut, match="taken"):
        lay_out(root, "03_training/mine")


def test_the_command_names_the_next_step(root):
    runner = CliRunner(env={"WORKBENCH_COURSE": str(root)})
    told = runner.invoke(app, ["new", "03_training/my_task"])
    assert told.exit_code == 0
    assert "workbench author lint my_task" in told.stdout
    again = runner.invoke(app, ["new", "03_training/my_task"])
    assert (again.exit_code, again.stdout) == (2, "")
    assert "Choose another." in again.stderr
