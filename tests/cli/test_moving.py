"""Progress that moves to another machine, and archives that must harm nothing."""

from __future__ import annotations

import json
import os
import shutil
import stat
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from workbench.course import Course
from workbench.workspace import archive
from workbench.workspace.attempts import Attempt
from workbench.workspace.delivery import deliver
from workbench.workspace.folder import Workspace, make_workspace

from .conftest import Cli

Write = Callable[[str], Path]
PASSING = "# passed\n"


@pytest.fixture
def there(tmp_path: Path, course: Course) -> Workspace:
    """A workspace on another machine."""
    made = make_workspace(tmp_path / "there")
    with made.lock():
        deliver(made, course)
    return made


@pytest.fixture
def exported(cli: Cli, write: Write, tmp_path: Path, workspace: Workspace) -> Path:
    """The progress of somebody who did some of everything."""
    write(PASSING)
    cli("check", "double")
    cli("hint", "greet")
    cli("solution", "greet", "--give-up")
    (workspace.root / "02_naming/greet/letters/two.txt").write_text("Dear pilot")
    assert cli("export", tmp_path / "progress.zip").exit_code == 0
    return tmp_path / "progress.zip"


def moved(cli: Cli, there: Workspace) -> Cli:
    cli.folder = there.root
    return cli


def everything(workspace: Workspace) -> dict[str, bytes]:
    """All files but the locks."""
    return {
        path.relative_to(workspace.root).as_posix(): path.read_bytes()
        for path in sorted(workspace.root.rglob("*"))
        if path.is_file() and path.name not in ("lock", "attempts.lock")
    }


def test_does_progress_arrive_whole(
    cli: Cli, exported: Path, workspace: Workspace, there: Workspace
) -> None:
    before, list_before = everything(workspace), cli.json("list")
    said = moved(cli, there)("import", exported)
    assert (said.exit_code, said.stderr) == (0, "")
    assert said.stdout == "Taken over: 3 entries of the ledger, 2 files.\n"
    assert there.ledger.path.read_bytes() == workspace.ledger.path.read_bytes()
    assert everything(there) == before
    assert cli.json("list") == list_before
    assert cli.recorded == [workspace.root, there.root]


def test_does_taking_it_over_again_change_nothing(
    cli: Cli, exported: Path, there: Workspace
) -> None:
    moved(cli, there)("import", exported)
    before = everything(there)
    assert cli("import", exported).stdout == "Taken over: 0 entries of the ledger, 0 files.\n"
    assert everything(there) == before


def test_is_nothing_here_lost(cli: Cli, exported: Path, there: Workspace) -> None:
    mine = there.root / "01_counting/double/double.py"
    mine.write_text("# failed\n")
    moved(cli, there)("check", "double")
    kept = there.ledger.path.read_bytes()
    said = cli("import", exported).stdout
    assert there.ledger.path.read_bytes().startswith(kept)
    assert len(there.ledger.read()) == 4
    assert mine.read_text() == PASSING
    (backup,) = (there.home / "backups").iterdir()
    assert (backup / "double.py").read_text() == "# failed\n"
    assert f"What was here is kept in .workbench/backups/{backup.name}.\n" in said
    assert cli.json("list")["exercises"][0]["state"] == "passed"


def test_do_files_find_a_folder_with_another_number(
    cli: Cli, exported: Path, course_folder: Path, tmp_path: Path, there: Workspace
) -> None:
    shutil.rmtree(there.root)
    for part in ("exercises", "solutions"):
        (course_folder / part / "01_counting").rename(course_folder / part / "05_counting")
    cli.folder = tmp_path
    cli("start", "there")
    assert moved(cli, there)("import", exported).exit_code == 0
    assert (there.root / "05_counting/double/double.py").read_text() == PASSING


def test_does_an_exercise_that_is_gone_keep_its_attempts(
    cli: Cli, exported: Path, course_folder: Path, there: Workspace
) -> None:
    shutil.rmtree(course_folder / "exercises/01_counting")
    said = moved(cli, there)("import", exported).stdout
    assert "Left out, since this course has no such exercise: double\n" in said
    assert len(there.ledger.read()) == 3


def test_does_a_killed_import_go_on(
    cli: Cli, exported: Path, there: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("workbench.workspace.attempts.Ledger.extend", killed)
        assert moved(cli, there)("import", exported).exit_code == 130
    assert there.ledger.read() == ()
    assert cli("import", exported).exit_code == 0
    assert len(there.ledger.read()) == 3
    assert len(list((there.home / "submissions").iterdir())) == 1


def test_is_the_learners_own_packed_and_nothing_else(
    cli: Cli, exported: Path, workspace: Workspace
) -> None:
    attempt = workspace.ledger.read()[0].id
    assert zipfile.ZipFile(exported).namelist() == [
        *("workbench-export.json", "attempts.jsonl"),
        f"submissions/{attempt}/double.py",
        *("files/double/double.py", "files/greet/letters/two.txt", "bases/double/double.py"),
    ]


def test_is_what_is_large_hidden_or_a_link_left_out(
    cli: Cli, workspace: Workspace, tmp_path: Path
) -> None:
    folder = workspace.root / "01_counting/double"
    for name in ("old.zip", "__pycache__/x.pyc", ".venv/x.py", "a\\b.py", "mine.py"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("x")
    (folder / "model.bin").write_bytes(b"0" * (archive.MAX_FILE + 1))
    (folder / "link.py").symlink_to("/etc/passwd")
    said = cli("export", tmp_path / "x.zip").stdout.splitlines()
    assert "0 entries of the ledger and 1 of your files" in said[0]
    assert [line.rpartition("/")[2] for line in said[1:]] == ["a\\b.py", "model.bin", "old.zip"]
    assert "files/double/mine.py" in zipfile.ZipFile(tmp_path / "x.zip").namelist()


def test_is_a_torn_line_not_packed(cli: Cli, exported: Path, workspace: Workspace) -> None:
    with workspace.ledger.path.open("ab") as file:
        file.write(b'{"version": 1, "id": "12')
    assert cli("export", "second.zip").exit_code == 0
    one, two = (zipfile.ZipFile(p).read("attempts.jsonl") for p in (exported, "second.zip"))
    assert one == two


def test_is_an_export_never_overwritten(cli: Cli, exported: Path) -> None:
    before = exported.read_bytes()
    said = cli("export", exported)
    assert said.exit_code == 2
    assert said.stderr == f"{exported} is there already. Give another name, or remove it first.\n"
    assert exported.read_bytes() == before


def test_is_no_half_export_left(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("workbench.workspace.archive.os.fsync", full)
    (tmp_path / "out").mkdir()
    said = cli("export", tmp_path / "out/x.zip")
    assert said.exit_code == 2
    assert said.stderr.startswith("The disk is full")
    assert list((tmp_path / "out").iterdir()) == []
    assert "No such file or directory" in cli("export", tmp_path / "gone/x.zip").stderr


@pytest.mark.parametrize("bound", ["MAX_TOTAL", "MAX_ENTRIES"])
def test_are_sizes_bounded_both_ways(
    cli: Cli, exported: Path, there: Workspace, monkeypatch: pytest.MonkeyPatch, bound: str
) -> None:
    monkeypatch.setattr(archive, bound, 3)
    before = everything(there)
    assert "There is more than an export can hold" in cli("export", "again.zip").stderr
    said = moved(cli, there)("import", exported)
    assert said.exit_code == 2
    assert "too large" in said.stderr or "more than an export may" in said.stderr
    assert everything(there) == before


# Archives by somebody else


def remade(exported: Path, entries: Mapping[str, bytes | None]) -> None:
    """Write the archive again with other entries; None leaves one out."""
    with zipfile.ZipFile(exported) as old:
        kept = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(exported, "w") as new:
        for name, data in {**kept, **entries}.items():
            if data is not None:
                new.writestr(name, data)


def refused(cli: Cli, exported: Path, there: Workspace) -> str:
    """Import; nothing may change, there and around."""
    around = sorted(there.root.parent.rglob("*"))
    before = everything(there)
    said = moved(cli, there)("import", exported)
    assert said.exit_code == 2
    assert said.stdout == ""
    assert len(said.stderr.splitlines()) == 1
    assert everything(there) == before
    assert [p for p in sorted(there.root.parent.rglob("*")) if p.name != "lock"] == [
        p for p in around if p.name != "lock"
    ]
    return said.stderr


@pytest.mark.parametrize(
    "name",
    [
        *("../evil.py", "/etc/evil.py", "files/double/../../../evil.py", "files/double//evil.py"),
        *("files/double/..\\evil.py", "files/double/C:evil.py", "files/double/.hidden"),
        *("files/double/.workbench/x", "files/../.workbench/workspace.json", "files/double/a\nb"),
        *(
            "submissions/../../evil/double.py",
            "files/double/" + "a/" * 20 + "b",
            "files/double/x.",
            "files/double/AUX.py",
        ),
        "files/double/" + "x" * 200,
    ],
)
def test_does_no_path_lead_out(cli: Cli, exported: Path, there: Workspace, name: str) -> None:
    remade(exported, {name: b"evil"})
    assert "which is not safe. Nothing was changed." in refused(cli, exported, there)


@pytest.mark.parametrize("name", ["evil.py", "backups/x/y", "files/double", ".x"])
def test_is_what_no_export_holds_refused(
    cli: Cli, exported: Path, there: Workspace, name: str
) -> None:
    remade(exported, {name: b"evil"})
    refused(cli, exported, there)


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_is_a_link_refused(cli: Cli, exported: Path, there: Workspace, kind: int) -> None:
    entry = zipfile.ZipInfo("files/double/double.py")
    entry.external_attr = (kind | 0o777) << 16
    remade(exported, {"files/double/double.py": None})
    with zipfile.ZipFile(exported, "a") as file:
        file.writestr(entry, "/etc/passwd")
    assert "which is not safe" in refused(cli, exported, there)


def test_is_a_link_in_the_workspace_not_followed(
    cli: Cli, exported: Path, there: Workspace, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    shutil.rmtree(there.root / "02_naming/greet/letters")
    (there.root / "02_naming/greet/letters").symlink_to(outside)
    assert "leads out of the workspace" in refused(cli, exported, there)
    assert list(outside.iterdir()) == []


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", ["files/double/double.py", "files/double/DOUBLE.py"])
def test_is_a_name_twice_refused(cli: Cli, exported: Path, there: Workspace, name: str) -> None:
    with zipfile.ZipFile(exported, "a") as file:
        file.writestr(name, "another")
    assert "a name twice" in refused(cli, exported, there)


def test_is_a_bomb_refused(cli: Cli, exported: Path, there: Workspace) -> None:
    with zipfile.ZipFile(exported, "a", zipfile.ZIP_DEFLATED) as file:
        file.writestr("files/double/zeros.bin", b"\0" * 50_000_000)
    assert "zeros.bin in the archive is too large." in refused(cli, exported, there)


def test_is_a_newer_archive_refused(cli: Cli, exported: Path, there: Workspace) -> None:
    remade(exported, {"workbench-export.json": b'{"version": 3}'})
    said = refused(cli, exported, there)
    assert "is by a newer workbench (version 3; this one knows 2); nothing was changed" in said
    assert "Upgrade with" in said


def test_is_an_archive_of_an_earlier_workbench_taken(
    cli: Cli, exported: Path, there: Workspace
) -> None:
    remade(
        exported,
        {"workbench-export.json": b'{"version": 1}', "bases/double/double.py": None},
    )
    assert moved(cli, there)("import", exported).exit_code == 0
    assert (there.root / "01_counting/double/double.py").read_text() == PASSING


def test_is_a_newer_ledger_refused(cli: Cli, exported: Path, there: Workspace) -> None:
    with zipfile.ZipFile(exported) as old:
        lines = old.read("attempts.jsonl").replace(b'"version": 1', b'"version": 2', 1)
    remade(exported, {"attempts.jsonl": lines})
    assert "The ledger holds attempts of version 2" in refused(cli, exported, there)


@pytest.mark.parametrize("note", [None, b"", b"{}", b"[]", b"\xff"])
def test_is_another_zip_refused(
    cli: Cli, exported: Path, there: Workspace, note: bytes | None
) -> None:
    remade(exported, {"workbench-export.json": note})
    assert "is not an export of the workbench." in refused(cli, exported, there)


@pytest.mark.parametrize("share", [0.0, 0.3, 0.7, 0.99])
def test_is_a_damaged_file_refused(
    cli: Cli, exported: Path, there: Workspace, share: float
) -> None:
    data = exported.read_bytes()
    exported.write_bytes(data[: int(len(data) * share)])
    assert "is damaged, or no zip archive. Export again." in refused(cli, exported, there)


def test_is_a_flipped_byte_refused(cli: Cli, exported: Path, there: Workspace) -> None:
    data = bytearray(exported.read_bytes())
    data[data.index(b"attempts.jsonl") + 30] ^= 0xFF
    exported.write_bytes(data)
    assert "is damaged" in refused(cli, exported, there)


def test_is_a_file_that_is_not_there_a_sentence(cli: Cli, there: Workspace) -> None:
    said = refused(cli, there.root / "gone.zip", there)
    assert "gone.zip is not there. Give the file that `export` wrote." in said


def test_is_an_encrypted_archive_refused(cli: Cli, exported: Path, there: Workspace) -> None:
    data = bytearray(exported.read_bytes())
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    exported.write_bytes(data)
    assert "The archive is encrypted." in refused(cli, exported, there)


def judged(**changes: object) -> bytes:
    check = {"id": "doubles", "title": "", "outcome": "failed", "points": 0, "max_points": 2}
    result = {"schema_version": 1, "exercise": "double", "seed": 1, "isolation": "", "seconds": 0}
    return made(kind="check", result={**result, "checks": [{**check, **changes}]})


def made(**changes: object) -> bytes:
    record = json.loads(Attempt("hint", "double", details={"task": 1, "rung": 1}).to_line())
    return json.dumps({**record, **changes}).encode()


@pytest.mark.parametrize(
    "line",
    [
        *(b"evil", b"{}", b"[]", made()[:-9], made(id="../../evil"), made(id=5)),
        *(made(kind=None), made(exercise=["x"]), made(details={}), made(details=[])),
        *(made(files=[]), made(files={"x": 1}), made(workbench=None), made(time="soon")),
        *(made(time="2026-01-01T00:00:00"), judged(points="x"), judged(message=None)),
        *(judged(outcome="won"), made(result=[1]), made(result={"schema_version": 1})),
    ],
)
def test_is_a_ledger_that_no_workbench_wrote_refused(
    cli: Cli, exported: Path, there: Workspace, line: bytes
) -> None:
    remade(exported, {"attempts.jsonl": made() + b"\n" + line})
    said = refused(cli, exported, there)
    assert "ledger is damaged" in said or "not a result of the workbench" in said


def test_is_an_attempt_that_is_twice_in_it_taken_once(
    cli: Cli, exported: Path, there: Workspace
) -> None:
    remade(exported, {"attempts.jsonl": b"\n".join([made(id="a" * 32)] * 2)})
    assert "1 entries" in moved(cli, there)("import", exported).stdout
    assert len(there.ledger.read()) == 1


def test_are_files_that_were_not_judged_refused(
    cli: Cli, exported: Path, there: Workspace, workspace: Workspace
) -> None:
    attempt = workspace.ledger.read()[0].id
    remade(exported, {f"submissions/{attempt}/double.py": b"better"})
    assert "is not what was judged." in refused(cli, exported, there)
    remade(
        exported,
        {f"submissions/{attempt}/double.py": None, f"submissions/{attempt}/more.py": b"x"},
    )
    assert "is not what was judged." in refused(cli, exported, there)


def test_can_a_forged_line_not_break_the_workspace(
    cli: Cli, exported: Path, there: Workspace
) -> None:
    """What is written is what this workbench would write: the score is that of the result."""
    line = made(score=99, outcome="passed", missed=7)
    remade(exported, {"attempts.jsonl": line})
    assert moved(cli, there)("import", exported).exit_code == 0
    for command in ("list", "next", "hint"):
        assert cli(command).exit_code == 0
    assert cli.json("list")["exercises"][0]["best"] == 0


@pytest.mark.skipif(os.name != "posix", reason="another program holds the lock")
def test_is_a_workspace_at_work_left_alone(cli: Cli, exported: Path, there: Workspace) -> None:
    with there.lock():
        assert "Another workbench command is at work" in refused(cli, exported, there)
