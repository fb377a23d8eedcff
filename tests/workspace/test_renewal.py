"""A newer course over an older workspace, and the way back: nothing is lost, at any kill."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from workbench.course import Course, Exercise, load_course
from workbench.workspace import deliveries
from workbench.workspace.backups import NOTE, back_up, backups, find_backup
from workbench.workspace.delivery import deliver, deliver_sample, lacks_sample, restore
from workbench.workspace.folder import Workspace, WorkspaceError, make_workspace
from workbench.workspace.renewal import bring_back, discard_waiting, merge_waiting, waiting

STARTER = "exercises/01_counting/1_double/double.py"
MINE = "01_counting/double/double.py"


@pytest.fixture
def mine(workspace: Workspace) -> Path:
    """The learner's own file: the first task is done."""
    path = workspace.root / MINE
    path.write_text(solved(path.read_text()))
    return path


@pytest.fixture
def newer(course_folder: Path) -> Course:
    """A course whose second task is told in other words, and whose README is new."""
    starter = course_folder / STARTER
    starter.write_text(reworded(starter.read_text()))
    starter.with_name("README.md").write_text("# Newer\n")
    return load_course(course_folder)


def solved(text: str) -> str:
    return text.replace('raise NotImplementedError("Task 1: twice x")', "return 2 * x")


def reworded(text: str) -> str:
    return text.replace("half of x", "one half of x")


def renewed(workspace: Workspace, course: Course) -> Exercise:
    with workspace.lock():
        deliver(workspace, course)
    return course.find("double")


def old(workspace: Workspace) -> None:
    """Make it one of an earlier workbench: digests only."""
    shutil.rmtree(workspace.home / "versions")
    note = workspace.home / "workspace.json"
    known = json.loads(note.read_text())
    note.write_text(json.dumps({name: known[name] for name in ("version", "course", "delivered")}))


# What a newer course brings


def test_is_a_new_version_laid_beside_what_both_changed(
    workspace: Workspace, newer: Course, mine: Path
) -> None:
    before = mine.read_text()
    exercise = renewed(workspace, newer)
    assert mine.read_text() == before
    assert mine.with_name("double.py.new").read_text() == exercise.text("double.py")
    assert mine.with_name("README.md").read_text() == "# Newer\n"
    (found,) = waiting(workspace, newer)
    assert (found.exercise.id, found.name, found.obstacle) == ("double", "double.py", "")
    assert found.merged
    assert found.merged.text == reworded(before)


def test_does_the_newest_version_wait_alone(
    workspace: Workspace, newer: Course, mine: Path, course_folder: Path
) -> None:
    renewed(workspace, newer)
    (course_folder / STARTER).write_text("# the third\n")
    renewed(workspace, load_course(course_folder))
    assert mine.with_name("double.py.new").read_text() == "# the third\n"
    (found,) = waiting(workspace, newer)
    assert (found.base, found.new) == (
        mine.read_text().replace("return 2 * x", 'raise NotImplementedError("Task 1: twice x")'),
        "# the third\n",
    )


@pytest.mark.parametrize("settle", ["course goes back", "learner takes it", "learner goes back"])
def test_does_a_version_wait_only_while_there_is_something_to_merge(
    workspace: Workspace, newer: Course, mine: Path, course_folder: Path, settle: str
) -> None:
    starter = (course_folder / STARTER).read_text()
    delivered = starter.replace("one half of x", "half of x")
    renewed(workspace, newer)
    if settle == "course goes back":
        (course_folder / STARTER).write_text(delivered)
    else:
        mine.write_text(starter if settle == "learner takes it" else delivered)
    kept = mine.read_text()
    renewed(workspace, load_course(course_folder))
    assert waiting(workspace, newer) == ()
    assert not mine.with_name("double.py.new").exists()
    assert mine.read_text() == (starter if settle == "learner goes back" else kept)


def test_is_a_file_of_the_learners_not_taken_for_a_new_version(
    workspace: Workspace, newer: Course, mine: Path
) -> None:
    own = mine.with_name("double.py.new")
    own.write_text("my own notes")
    exercise = renewed(workspace, newer)
    assert waiting(workspace, newer)[0].new == exercise.text("double.py")
    assert merge_waiting(workspace, exercise).is_clean
    assert own.read_text() == "my own notes"


def test_does_a_new_file_of_the_course_spare_one_of_the_learners(
    workspace: Workspace, course_folder: Path, mine: Path
) -> None:
    (mine.parent / "tables.py").write_text("mine")
    (course_folder / STARTER).with_name("tables.py").write_text("the course's")
    exercise = renewed(workspace, load_course(course_folder))
    assert (mine.parent / "tables.py").read_text() == "mine"
    assert (mine.parent / "tables.py.new").read_text() == "the course's"
    (left,) = merge_waiting(workspace, exercise).left
    assert "how it was delivered is not known" in left.obstacle


def test_is_an_older_workspace_renewed_without_bases(
    workspace: Workspace, newer: Course, mine: Path
) -> None:
    old(workspace)
    before = mine.read_text()
    exercise = renewed(workspace, newer)
    assert mine.with_name("README.md").read_text() == "# Newer\n"
    merging = merge_waiting(workspace, exercise)
    assert not merging.is_clean
    assert (merging.merged, merging.backup) == ((), None)
    assert "an earlier workbench did not keep it" in merging.left[0].obstacle
    assert mine.read_text() == before
    discard_waiting(workspace, exercise)
    assert waiting(workspace, newer) == ()


def test_does_an_older_workspace_learn_its_bases_while_the_course_is_the_same(
    workspace: Workspace, course: Course, mine: Path, course_folder: Path
) -> None:
    old(workspace)
    renewed(workspace, course)
    starter = course_folder / STARTER
    starter.write_text(reworded(starter.read_text()))
    exercise = renewed(workspace, load_course(course_folder))
    assert merge_waiting(workspace, exercise).is_clean
    assert mine.read_text() == solved(starter.read_text())


def test_does_a_lost_note_raise_no_alarm(workspace: Workspace, course: Course, mine: Path) -> None:
    (workspace.home / "workspace.json").unlink()
    make_workspace(workspace.root)
    renewed(workspace, course)
    assert waiting(workspace, course) == ()
    assert "return 2 * x" in mine.read_text()


def test_is_a_damaged_version_no_base(workspace: Workspace, newer: Course, mine: Path) -> None:
    base = workspace.noted().delivered[MINE]
    (workspace.home / "versions" / base).write_text("damaged")
    exercise = renewed(workspace, newer)
    assert deliveries.read(workspace, base) is None
    assert merge_waiting(workspace, exercise).merged == ()


def test_does_a_moved_exercise_keep_its_files(
    workspace: Workspace, newer: Course, mine: Path, course_folder: Path
) -> None:
    for part in ("exercises", "solutions"):
        moved = course_folder / part / "02_naming/2_double"
        (course_folder / part / "01_counting/1_double").rename(moved)
        (course_folder / part / "01_counting").rmdir()
    course = load_course(course_folder)
    exercise = renewed(workspace, course)
    assert exercise.stage == "02_naming"
    assert workspace.folder(exercise) == mine.parent
    assert not (workspace.root / "02_naming/double").exists()
    assert merge_waiting(workspace, exercise).is_clean
    assert mine.read_text() == solved(exercise.text("double.py"))


def test_does_a_removed_exercise_keep_its_files(
    workspace: Workspace, mine: Path, course_folder: Path
) -> None:
    before = mine.read_text()
    shutil.rmtree(course_folder / "exercises/01_counting")
    with workspace.lock():
        deliver(workspace, load_course(course_folder))
    assert mine.read_text() == before
    assert mine.with_name("README.md").exists()


# Samples


def cut(workspace: Workspace, exercise: Exercise, *carriers: str) -> None:
    import pandas as pd

    flights = SimpleNamespace(read=lambda columns, weeks: pd.DataFrame({"carrier": carriers}))
    with workspace.lock():
        deliver_sample(workspace, exercise, flights)


def sampled(course: Course, *weeks: int) -> Exercise:
    sample = {"weeks": [*weeks], "columns": ["carrier"], "file": "sample.parquet"}
    return replace(course.find("double"), sample=sample)


def carriers(path: Path) -> list[str]:
    import pandas as pd

    return list(pd.read_parquet(path)["carrier"])


def test_is_a_sample_cut_again_where_the_course_cuts_another(
    workspace: Workspace, course: Course
) -> None:
    first, second = sampled(course, 1), sampled(course, 1, 2)
    path = workspace.folder(first) / "sample.parquet"
    cut(workspace, first, "UA")
    assert not lacks_sample(workspace, first)
    assert lacks_sample(workspace, second)
    cut(workspace, second, "UA", "AA")
    assert not lacks_sample(workspace, second)
    assert carriers(path) == ["UA", "AA"]


def test_is_a_sample_that_the_learner_changed_kept(workspace: Workspace, course: Course) -> None:
    first, second = sampled(course, 1), sampled(course, 1, 2)
    path = workspace.folder(first) / "sample.parquet"
    cut(workspace, first, "UA")
    shutil.copy(path, workspace.root / "other")
    path.write_bytes((workspace.root / "other").read_bytes() + b"\xff mine")
    cut(workspace, second, "AA")
    assert path.read_bytes().endswith(b"mine")
    assert carriers(path.with_name("sample.parquet.new")) == ["AA"]
    (left,) = merge_waiting(workspace, second).left
    assert left.obstacle == "it is not UTF-8 text"
    assert not lacks_sample(workspace, second)
    discard_waiting(workspace, second)
    assert not path.with_name("sample.parquet.new").exists()
    assert path.read_bytes().endswith(b"mine")


def test_is_a_sample_of_an_earlier_workbench_known_by_its_rows(
    workspace: Workspace, course: Course
) -> None:
    import pandas as pd

    exercise = sampled(course, 1)
    path = workspace.folder(exercise) / "sample.parquet"
    pd.DataFrame({"carrier": ["UA"]}).to_parquet(path, index=False, compression="gzip")
    before = path.read_bytes()
    assert lacks_sample(workspace, exercise)
    cut(workspace, exercise, "UA")
    assert path.read_bytes() == before
    assert not lacks_sample(workspace, exercise)
    cut(workspace, sampled(course, 2), "AA")
    assert carriers(path) == ["AA"]


def test_is_a_sample_of_unknown_origin_kept(workspace: Workspace, course: Course) -> None:
    exercise = sampled(course, 1)
    path = workspace.folder(exercise) / "sample.parquet"
    path.write_text("no table")
    cut(workspace, exercise, "UA")
    assert path.read_text() == "no table"
    assert carriers(path.with_name("sample.parquet.new")) == ["UA"]


# Merging, leaving, going back


def test_is_a_merge_asked_for_once(workspace: Workspace, newer: Course, mine: Path) -> None:
    exercise = renewed(workspace, newer)
    before = mine.read_text()
    merging = merge_waiting(workspace, exercise)
    assert merging.is_clean
    assert merging.backup
    assert (merging.backup.folder / "double.py").read_text() == before
    assert mine.read_text() == solved(exercise.text("double.py"))
    assert not mine.with_name("double.py.new").exists()
    again = merge_waiting(workspace, exercise)
    assert (again.merged, again.left, again.backup) == ((), (), None)
    assert len(backups(workspace)) == 1


def test_does_the_next_version_go_out_from_the_merged_one(
    workspace: Workspace, newer: Course, mine: Path, course_folder: Path
) -> None:
    merge_waiting(workspace, renewed(workspace, newer))
    starter = course_folder / STARTER
    starter.write_text("import math\n" + starter.read_text())
    exercise = renewed(workspace, load_course(course_folder))
    assert merge_waiting(workspace, exercise).is_clean
    assert mine.read_text() == solved(starter.read_text())


def test_do_marked_conflicts_wait_to_be_settled(
    workspace: Workspace, course_folder: Path, mine: Path
) -> None:
    starter = course_folder / STARTER
    starter.write_text(starter.read_text().replace("Task 1: twice x", "Task 1: double x"))
    exercise = renewed(workspace, load_course(course_folder))
    merging = merge_waiting(workspace, exercise)
    assert not merging.is_clean
    assert merging.merged[0][1].conflicts == (3,)
    marked = mine.read_text()
    assert "<<<<<<< yours\n    return 2 * x\n=======\n" in marked
    starter.write_text(starter.read_text() + "\n# the third\n")
    renewed(workspace, load_course(course_folder))
    again = merge_waiting(workspace, exercise)
    assert "still marked" in again.left[0].obstacle
    assert mine.read_text() == marked


def test_does_a_discarded_version_not_come_back(
    workspace: Workspace, newer: Course, mine: Path, course_folder: Path
) -> None:
    exercise = renewed(workspace, newer)
    before = mine.read_text()
    assert [each.name for each in discard_waiting(workspace, exercise)] == ["double.py"]
    renewed(workspace, newer)
    assert waiting(workspace, newer) == discard_waiting(workspace, exercise) == ()
    assert mine.read_text() == before
    assert not mine.with_name("double.py.new").exists()
    (course_folder / STARTER).write_text("# the third\n")
    renewed(workspace, load_course(course_folder))
    assert len(waiting(workspace, newer)) == 1


def test_does_a_reset_end_the_waiting(workspace: Workspace, newer: Course, mine: Path) -> None:
    exercise = renewed(workspace, newer)
    with workspace.lock():
        restore(workspace, exercise)
    assert waiting(workspace, newer) == ()
    assert not mine.with_name("double.py.new").exists()


def test_is_a_merge_undone_as_if_it_had_not_been(
    workspace: Workspace, newer: Course, mine: Path
) -> None:
    exercise = renewed(workspace, newer)
    noted, before = workspace.noted(), mine.read_text()
    made = merge_waiting(workspace, exercise).backup
    assert made
    merged = mine.read_text()
    kept = bring_back(workspace, exercise, made)
    assert kept
    assert mine.read_text() == before
    assert mine.with_name("double.py.new").exists()
    assert workspace.noted() == noted
    assert bring_back(workspace, exercise, made) is None
    assert bring_back(workspace, exercise, kept)
    assert mine.read_text() == merged


def test_does_the_starter_come_back_as_the_course_now_has_it(
    workspace: Workspace, course: Course, course_folder: Path
) -> None:
    """A backup also holds files that the learner had not touched."""
    exercise = course.find("double")
    with workspace.lock():
        made = back_up(workspace, exercise, "reset")
    path = workspace.root / MINE
    path.write_text("mine")
    (course_folder / STARTER).write_text("# newer\n")
    renewed(workspace, load_course(course_folder))
    bring_back(workspace, exercise, made)
    assert path.read_text() == "# newer\n"


def test_do_files_made_since_stay(workspace: Workspace, course: Course, mine: Path) -> None:
    exercise = course.find("double")
    with workspace.lock():
        made = back_up(workspace, exercise, "reset")
        restore(workspace, exercise)
    (mine.parent / "later.txt").write_text("later")
    bring_back(workspace, exercise, made)
    assert "return 2 * x" in mine.read_text()
    assert (mine.parent / "later.txt").read_text() == "later"
    assert not (mine.parent / NOTE).exists()


def test_are_backups_numbered_by_exercise(workspace: Workspace, course: Course) -> None:
    assert backups(workspace) == ()
    with workspace.lock():
        for name, why in (("double", "reset"), ("greet", "merge"), ("double", "restore")):
            back_up(workspace, course.find(name), why)
    (workspace.home / "backups" / "somebody else's").mkdir()
    assert [(b.exercise, b.number, b.why) for b in backups(workspace)] == [
        ("double", 1, "reset"),
        ("greet", 1, "merge"),
        ("double", 2, "restore"),
    ]
    assert find_backup(workspace, "double", None).number == 1
    assert find_backup(workspace, "double", 2).why == "restore"
    with pytest.raises(WorkspaceError, match=r"no such backup.*`workbench backups double`"):
        find_backup(workspace, "double", 3)
    with pytest.raises(WorkspaceError, match="There is no backup of other"):
        find_backup(workspace, "other", None)


@pytest.mark.parametrize("note", [None, "", "[]", '{"why": "merge", "delivered": 1}'])
def test_does_a_backup_without_a_note_count(
    workspace: Workspace, course: Course, mine: Path, note: str | None
) -> None:
    exercise = course.find("double")
    before = mine.read_text()
    with workspace.lock():
        made = back_up(workspace, exercise, "merge").folder
        restore(workspace, exercise)
    (made / NOTE).unlink()
    if note is not None:
        (made / NOTE).write_text(note)
    backup = find_backup(workspace, "double", None)
    assert backup.why == "reset or import"
    bring_back(workspace, exercise, backup)
    assert mine.read_text() == before


# Kills


def kill_everywhere(
    workspace: Workspace, act: Callable[[], object], look: Callable[[], None]
) -> None:
    """Do it killed at the first sync, the second, ... until it ends; look at each time."""
    before = workspace.root.with_name("before")
    shutil.copytree(workspace.root, before)
    for syncs in itertools.count():
        status = killed(act, syncs)
        look()
        if status == 0:
            break
        assert os.WTERMSIG(status) == signal.SIGKILL
        shutil.rmtree(workspace.root)
        shutil.copytree(before, workspace.root)
    assert syncs > 5


def killed(act: Callable[[], object], syncs: int) -> int:
    """Do it in a process of its own that dies at a sync; return how it ended."""
    child = os.fork()
    if child == 0:
        sync, left = os.fsync, iter(range(syncs))

        def sync_or_die(handle: int) -> None:
            if next(left, None) is None:
                os.kill(os.getpid(), signal.SIGKILL)
            sync(handle)

        os.fsync = sync_or_die
        try:
            act()
            os._exit(0)
        finally:
            os._exit(1)
    return os.waitpid(child, 0)[1]


def snapshot(root: Path) -> dict[str, bytes]:
    """What a learner sees, by name."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".workbench" not in path.parts
    }


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_does_an_upgrade_go_on_after_any_kill(
    workspace: Workspace, newer: Course, mine: Path
) -> None:
    before = snapshot(workspace.root)
    after = {
        **before,
        "01_counting/double/README.md": b"# Newer\n",
        f"{MINE}.new": newer.find("double").text("double.py").encode(),
    }

    def look() -> None:
        found = snapshot(workspace.root)
        assert set(found.values()) <= {*before.values(), *after.values()}, "a half-written file"
        assert found[MINE] == before[MINE]
        renewed(workspace, newer)
        assert snapshot(workspace.root) == after
        assert len(waiting(workspace, newer)) == 1

    kill_everywhere(workspace, lambda: renewed(workspace, newer), look)


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_does_a_merge_lose_nothing_to_any_kill(
    workspace: Workspace, newer: Course, mine: Path
) -> None:
    exercise = renewed(workspace, newer)
    before = mine.read_bytes()
    after = solved(exercise.text("double.py")).encode()

    def look() -> None:
        kept = {(b.folder / "double.py").read_bytes() for b in backups(workspace)}
        assert kept <= {before}
        assert mine.read_bytes() == before or (mine.read_bytes() == after and kept)
        assert merge_waiting(workspace, exercise).is_clean
        renewed(workspace, newer)
        assert mine.read_bytes() == after
        assert waiting(workspace, newer) == ()
        assert not mine.with_name("double.py.new").exists()

    kill_everywhere(workspace, lambda: merge_waiting(workspace, exercise), look)


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_does_a_restore_lose_nothing_to_any_kill(
    workspace: Workspace, newer: Course, mine: Path
) -> None:
    exercise = renewed(workspace, newer)
    noted, before = workspace.noted(), mine.read_bytes()
    merge_waiting(workspace, exercise)
    mine.write_bytes(b"later work")

    def go_back() -> None:
        bring_back(workspace, exercise, find_backup(workspace, "double", None))

    def look() -> None:
        kept = {(b.folder / "double.py").read_bytes() for b in backups(workspace)}
        assert kept | {mine.read_bytes()} == {before, b"later work"}
        go_back()
        renewed(workspace, newer)
        assert mine.read_bytes() == before
        assert workspace.noted() == noted

    kill_everywhere(workspace, go_back, look)
