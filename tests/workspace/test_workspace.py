from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from workbench.course import Course, load_course
from workbench.workspace.backups import back_up
from workbench.workspace.delivery import deliver, deliver_sample, lacks_sample, material, restore
from workbench.workspace.editor import editor_files
from workbench.workspace.folder import (
    NoWorkspace,
    Workspace,
    WorkspaceError,
    find_workspace,
    make_workspace,
)


def deliver_to(workspace: Workspace, course: Course) -> None:
    with workspace.lock():
        deliver(workspace, course)


def files(root: Path) -> dict[str, bytes]:
    """What a learner sees, by name."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".workbench" not in path.parts
    }


def test_does_a_learner_get_starters_and_no_checks(workspace: Workspace) -> None:
    assert list(files(workspace.root)) == [
        ".vscode/settings.json",
        ".vscode/tasks.json",
        "01_counting/double/README.md",
        "01_counting/double/double.py",
        "02_naming/greet/README.md",
        "02_naming/greet/greet.py",
        "02_naming/greet/letters/one.txt",
    ]
    assert not (workspace.home / "scratch").exists()


def test_does_delivering_again_change_nothing(workspace: Workspace, course: Course) -> None:
    note = workspace.home / "workspace.json"
    before, noted = files(workspace.root), note.read_bytes()
    deliver_to(workspace, course)
    assert files(workspace.root) == before
    assert note.read_bytes() == noted


def test_is_learners_work_kept_and_the_missing_brought_back(
    workspace: Workspace, course: Course
) -> None:
    mine = workspace.root / "01_counting/double/double.py"
    mine.write_text("mine")
    (workspace.root / "02_naming/greet/greet.py").unlink()
    deliver_to(workspace, course)
    assert mine.read_text() == "mine"
    assert "NotImplementedError" in (workspace.root / "02_naming/greet/greet.py").read_text()


def test_does_a_newer_course_renew_only_what_is_untouched(
    workspace: Workspace, course_folder: Path
) -> None:
    mine = workspace.root / "01_counting/double/double.py"
    mine.write_text("mine")
    for name in ("double.py", "README.md"):
        (course_folder / "exercises/01_counting/1_double" / name).write_text("newer")
    deliver_to(workspace, load_course(course_folder))
    assert mine.read_text() == "mine"
    assert mine.with_name("README.md").read_text() == "newer"


def test_does_a_renumbered_stage_keep_its_old_folder(
    workspace: Workspace, course_folder: Path
) -> None:
    (workspace.root / "01_counting/double/double.py").write_text("mine")
    for part in ("exercises", "solutions"):
        (course_folder / part / "01_counting").rename(course_folder / part / "03_counting")
    course = load_course(course_folder)
    deliver_to(workspace, course)
    assert (workspace.folder(course.find("double")) / "double.py").read_text() == "mine"
    assert not (workspace.root / "03_counting").exists()


def test_is_a_workspace_found_from_inside(workspace: Workspace) -> None:
    inside = workspace.root / "02_naming/greet/letters"
    assert find_workspace(inside) == find_workspace(workspace.root) == workspace


def test_is_there_a_next_step_where_there_is_no_workspace(tmp_path: Path) -> None:
    with pytest.raises(NoWorkspace, match="`workbench start`"):
        find_workspace(tmp_path)


def test_is_a_newer_workspace_left_alone(workspace: Workspace) -> None:
    note = workspace.home / "workspace.json"
    note.write_text(json.dumps({"version": 2, "course": "9.0"}))
    before = sorted(workspace.root.rglob("*"))
    for open_it in (find_workspace, make_workspace):
        with pytest.raises(WorkspaceError, match=r"newer workbench \(version 2.*Upgrade"):
            open_it(workspace.root)
    assert sorted(workspace.root.rglob("*")) == before


@pytest.mark.parametrize("note", ["", "{", "[]", '{"version": "x"}', "{}", "\x00\x00"])
def test_does_a_damaged_note_have_a_cure_that_works(
    workspace: Workspace, course: Course, note: str
) -> None:
    (workspace.root / "01_counting/double/double.py").write_text("mine")
    (workspace.home / "workspace.json").write_text(note)
    with pytest.raises(WorkspaceError, match=r"damaged\. Delete it and run `workbench start"):
        find_workspace(workspace.root)
    (workspace.home / "workspace.json").unlink()
    deliver_to(make_workspace(workspace.root), course)
    assert (workspace.root / "01_counting/double/double.py").read_text() == "mine"


def test_is_no_workspace_made_inside_another_or_in_a_file(
    workspace: Workspace, tmp_path: Path
) -> None:
    with pytest.raises(WorkspaceError, match="inside the workspace"):
        make_workspace(workspace.root / "01_counting" / "new")
    (tmp_path / "file").write_text("")
    with pytest.raises(WorkspaceError, match="is a file"):
        make_workspace(tmp_path / "file")


@pytest.mark.parametrize("name", ["100%20", "why?"])
def test_is_a_name_refused_that_an_address_cannot_hold(tmp_path: Path, name: str) -> None:
    with pytest.raises(WorkspaceError, match="Choose a folder without"):
        make_workspace(tmp_path / name)
    assert not (tmp_path / name).exists()


def test_is_the_second_command_refused_while_one_works(workspace: Workspace) -> None:
    with workspace.lock(), pytest.raises(WorkspaceError, match=r"at work.*try again"):  # noqa: SIM117
        with workspace.lock():
            pass


def test_does_a_backup_hold_all_that_a_reset_replaces(workspace: Workspace, course: Course) -> None:
    exercise = course.find("double")
    folder = workspace.folder(exercise)
    (folder / "double.py").write_text("mine")
    (folder / "notes").mkdir()
    (folder / "notes" / "idea.txt").write_text("an idea")
    (folder / "__pycache__").mkdir()
    (folder / "link").symlink_to("nowhere")
    with workspace.lock():
        backup = back_up(workspace, exercise, "reset").folder
        restore(workspace, exercise)
    assert backup.parent == workspace.home / "backups"
    assert backup.name.endswith("_double")
    assert (backup / "double.py").read_text() == "mine"
    assert (backup / "notes" / "idea.txt").read_text() == "an idea"
    assert not (backup / "__pycache__").exists()
    assert "NotImplementedError" in (folder / "double.py").read_text()
    assert (folder / "notes" / "idea.txt").read_text() == "an idea"


@pytest.mark.skipif(sys.platform == "win32", reason="fifos")
def test_is_what_cannot_be_backed_up_named(workspace: Workspace, course: Course) -> None:
    exercise = course.find("double")
    os.mkfifo(workspace.folder(exercise) / "pipe")
    with workspace.lock(), pytest.raises(WorkspaceError, match=r"pipe cannot be backed up"):
        back_up(workspace, exercise, "reset")
    assert not (workspace.home / "backups").exists()


def test_do_two_backups_stand_side_by_side(workspace: Workspace, course: Course) -> None:
    with workspace.lock():
        made = {back_up(workspace, course.find("double"), "reset").folder for _ in range(3)}
    assert len(made) == len(list((workspace.home / "backups").iterdir())) == 3


def test_can_an_exercise_be_reset_whose_folder_is_gone(
    workspace: Workspace, course: Course
) -> None:
    exercise = course.find("double")
    shutil.rmtree(workspace.folder(exercise))
    with workspace.lock():
        back_up(workspace, exercise, "reset")
        restore(workspace, exercise)
    assert (workspace.folder(exercise) / "double.py").exists()


def test_is_a_reset_file_renewed_by_a_newer_course(
    workspace: Workspace, course: Course, course_folder: Path
) -> None:
    exercise = course.find("double")
    (workspace.folder(exercise) / "double.py").write_text("mine")
    with workspace.lock():
        restore(workspace, exercise)
    (exercise.folder / "double.py").write_text("newer")
    deliver_to(workspace, load_course(course_folder))
    assert (workspace.folder(exercise) / "double.py").read_text() == "newer"


def test_is_a_snapshot_swept_unless_it_is_kept(workspace: Workspace) -> None:
    with workspace.lock():
        workspace.draft_snapshot("a1", {"double.py": b"one"})
    assert not (workspace.home / "scratch").exists()
    with workspace.lock():
        workspace.draft_snapshot("a2", {"double.py": b"two"})
        workspace.keep_snapshot("a2")
    assert (workspace.submission("a2") / "double.py").read_bytes() == b"two"
    assert not workspace.submission("a1").exists()


def test_is_a_sample_written_once(workspace: Workspace, course: Course) -> None:
    import pandas as pd

    asked = []

    def read(columns: list[str], weeks: list[int]) -> pd.DataFrame:
        asked.append((columns, weeks))
        return pd.DataFrame({"carrier": ["UA", "AA"]})

    flights = SimpleNamespace(read=read)
    sample = {"weeks": [1, 13], "columns": ["carrier"], "file": "sample.parquet"}
    exercise = replace(course.find("double"), sample=sample)
    assert not lacks_sample(workspace, course.find("double"))
    assert lacks_sample(workspace, exercise)
    with workspace.lock():
        deliver_sample(workspace, exercise, flights)
    assert not lacks_sample(workspace, exercise)
    assert asked == [(["carrier"], [1, 13])]
    written = pd.read_parquet(workspace.folder(exercise) / "sample.parquet")
    assert list(written["carrier"]) == ["UA", "AA"]


def test_can_a_sample_be_weather(workspace: Workspace, course: Course) -> None:
    import pandas as pd

    from workbench.flights.table import open_flights

    sample = {"table": "weather", "weeks": [2, 4], "columns": ["date", "temp"], "file": "w.parquet"}
    exercise = replace(course.find("double"), sample=sample)
    with workspace.lock():
        deliver_sample(workspace, exercise, open_flights())
    days = pd.read_parquet(workspace.folder(exercise) / "w.parquet")["date"].dt.day_of_year
    assert sorted(days.unique()) == [*range(8, 15), *range(22, 29)]


def test_does_the_address_of_a_class_server_go_before_ours(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MLFLOW_TRACKING_URI", raising=False)
    assert workspace.store == f"sqlite:///{(workspace.home / 'mlflow.db').as_posix()}"
    monkeypatch.setenv("MLFLOW_TRACKING_URI", "http://class.example:5000")
    assert workspace.store == "http://class.example:5000"


def test_does_material_leave_out_the_judges_files(course: Course) -> None:
    assert set(material(course.find("greet"))) == {"README.md", "greet.py", "letters/one.txt"}


KILLED = """
import os, signal, sys
from pathlib import Path
from workbench.workspace import durable, folder as workspace
from workbench.workspace.backups import back_up
from workbench.course import load_course
from workbench.workspace.delivery import deliver, restore

left = int(sys.argv[3])
whole = durable.write_whole

def write_then_die(path, data, *, scratch):
    global left
    if left == 0:
        scratch.mkdir(parents=True, exist_ok=True)
        (scratch / "draft").write_bytes(data[: len(data) // 2])
        os.kill(os.getpid(), signal.SIGKILL)
    left -= 1
    whole(path, data, scratch=scratch)

workspace.write_whole = write_then_die
course = load_course(Path(sys.argv[1]))
made = workspace.make_workspace(Path(sys.argv[2]))
with made.lock():
    if sys.argv[4] == "start":
        deliver(made, course)
    else:
        back_up(made, course.find("double"), "reset")
        restore(made, course.find("double"))
"""


def killed(course_folder: Path, root: Path, after: int, act: str) -> bool:
    """Do it, killed in the middle of a write; tell whether it came to that."""
    arguments = [str(course_folder), str(root), str(after), act]
    done = subprocess.run([sys.executable, "-c", KILLED, *arguments], check=False)
    assert done.returncode in (0, -signal.SIGKILL)
    return done.returncode != 0


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_does_start_go_on_after_a_kill_at_any_write(course_folder: Path, tmp_path: Path) -> None:
    course = load_course(course_folder)
    whole = {data for exercise in course for data in material(exercise).values()}
    whole |= set(editor_files().values())
    after = 0
    while killed(course_folder, root := tmp_path / f"desk{after}", after, "start"):
        mine = {name: data for name, data in files(root).items() if ".vscode" not in name}
        assert set(mine.values()) <= whole, "a half-written file"
        deliver_to(make_workspace(root), course)
        assert whole <= set(files(root).values())
        assert not (root / ".workbench" / "scratch").exists()
        after += 1
    assert after > 5


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
@pytest.mark.parametrize("after", [0, 1, 2])
def test_is_nothing_lost_by_a_kill_in_a_reset(
    workspace: Workspace, course_folder: Path, after: int
) -> None:
    mine = workspace.root / "01_counting/double/double.py"
    mine.write_text("mine")
    assert killed(course_folder, workspace.root, after, "reset")
    backups = list((workspace.home / "backups").glob("*/double.py"))
    assert "mine" in {path.read_text() for path in (mine, *backups)}
    assert {path.read_text() for path in backups} == {"mine"}
    assert find_workspace(workspace.root) == workspace


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_is_a_forbidden_folder_an_os_error(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(PermissionError):
        make_workspace(tmp_path / "desk")
