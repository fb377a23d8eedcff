"""A job is killed at each of its steps, and the next one finds what was left."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from workbench.judging.bounds import Bounds
from workbench.judging.dialogue import Task
from workbench.judging.isolation import wrapper_of
from workbench.judging.learner import Kill, Learner
from workbench.judging.plain import PlainStarter
from workbench.judging.processes import LEARNER, LOG, Nursery, can_fork
from workbench.judging.steps import At
from workbench.judging.verdicts import BadAnswer, LearnerEnded, LearnerRaised, LearnerTimeout

JOB = """
import os, shutil, sqlite3, sys, threading, time
from pathlib import Path

early = sqlite3.connect("early.db")


def rows(path="store.db"):
    with sqlite3.connect(path) as database:
        return [row for row, in database.execute("SELECT a FROM t")]


def insert():
    with sqlite3.connect("store.db") as database:
        database.executemany("INSERT INTO t VALUES (?)", [(1,), (2,)])


STEPS = [
    lambda: Path("new").write_text("1"),
    lambda: Path("new").rename("old"),
    lambda: os.mkdir("folder"),
    lambda: open("folder/file", "xb").write(b"2"),
    lambda: os.replace("folder/file", "file"),
    lambda: os.rmdir("folder"),
    lambda: os.link("file", "same"),
    lambda: os.symlink("file", "link"),
    lambda: open("same", "a").write("3"),
    lambda: os.remove("old"),
    lambda: sqlite3.connect("store.db").execute("CREATE TABLE t (a)"),
    insert,
    lambda: Path("store.db").unlink(),
]


def work(steps=len(STEPS)):
    for step in STEPS[:steps]:
        step()


def look():
    found = rows() if Path("store.db").exists() and Path("store.db").stat().st_size else None
    # an empty database is made when it is opened, a journal before the step
    paths = [path for path in Path().iterdir() if not path.name.endswith("-journal")]
    names = sorted(path.name for path in paths if path.is_dir() or path.stat().st_size)
    texts = {name: Path(name).read_text() for name in names if "." not in name and name != "folder"}
    return names, texts, found


def neighbours():
    return os.listdir("..")


def run(code):
    exec(code, globals())
"""
NAMES = [
    "write new",
    "move new old",
    "make folder",
    "write folder/file",
    "move folder/file file",
    "remove folder",
    "link file same",
    "link file link",
    "write same",
    "remove old",
    "commit t",
    "commit t",
    "remove store.db",
]
UNTIL = range(1, 14)
MINE = "sys._getframe(2).f_locals['self']._steps"
SERVANT = "from workbench.judging.packing import pack; servant = sys._getframe(2).f_locals['self']"
Open = Callable[..., Learner]


@pytest.fixture(scope="module", params=["process", "sandbox"])
def make(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Open]:
    """Make learners that run the job, from one warm parent for each level."""
    if not can_fork():
        pytest.skip("warm parents fork")
    home = str(tmp_path_factory.mktemp("home"))
    warm = Nursery.open(LEARNER, ["pandas"], home, wrapper_of(request.param, home))
    yield lambda seconds=20.0: Learner(lambda: warm, task(home, seconds))
    warm.close()


@pytest.fixture
def learner(make: Open) -> Iterator[Learner]:
    """A process that runs the job; nothing is left when it has ended."""
    with make() as learner:
        yield learner
    with make() as after:
        assert set(after.call("neighbours")) <= {Path(after.folder).name, LOG}


def task(home: str, seconds: float = 20.0) -> Task:
    return Task({"job.py": JOB.encode()}, seconds, 120, Bounds(), home)


def test_each_change_of_files_is_a_step(learner: Learner) -> None:
    assert learner.steps("work") == NAMES
    assert learner.steps("work", 0) == []


@pytest.mark.parametrize("step", UNTIL)
def test_a_kill_leaves_the_steps_before_it(make: Open, learner: Learner, step: int) -> None:
    with make() as careful:
        careful.call("work", step - 1)
        expected = careful.call("look")
    kill = learner.killed_at(step, "work")
    assert kill == Kill((["", *NAMES])[step - 1], NAMES[step - 1])
    assert learner.call("look") == expected


@pytest.mark.parametrize(
    ("at", "kill"),
    [
        (At(1, "commit"), Kill("remove old", "commit t")),
        (At(2, "commit t"), Kill("commit t", "commit t")),
        (At(2, "commit", after=True), Kill("commit t", "remove store.db")),
        (At(1, after=True), Kill("write new", "move new old")),
        (At(3, "commit"), None),
        (At(1, "remove store.db", after=True), None),
    ],
)
def test_a_step_is_told_by_its_name(learner: Learner, at: At, kill: Kill | None) -> None:
    assert learner.killed_at(at, "work") == kill


@pytest.mark.parametrize(
    ("code", "steps"),
    [
        ("Path('job.py').read_text(); os.listdir(); os.stat('job.py'); os.open('job.py', 0)", 0),
        ("open('a', 'w+'); open('a', 'r+'); os.open('a', os.O_WRONLY)", 3),
        ("Path('a').touch(); os.utime('a'); os.chmod('a', 0o600)", 1),
        ("os.makedirs('a/b'); shutil.rmtree('a')", 4),
        ("Path('a').write_text('x'); shutil.copy('a', 'b'); shutil.move('b', 'c')", 3),
        ("thread = threading.Thread(target=Path('a').touch); thread.start(); thread.join()", 1),
    ],
)
def test_what_is_a_step(learner: Learner, code: str, steps: int) -> None:
    assert len(learner.steps("run", code)) == steps


@pytest.mark.parametrize(
    ("code", "steps"),
    [
        ("d.execute('INSERT INTO t VALUES (1)'); d.commit(); d.commit()", 1),
        ("d.execute('INSERT INTO t VALUES (1)'); d.rollback(); d.execute('DROP TABLE t')", 1),
        ("d.execute('SELECT * FROM t').fetchall(); d.commit()", 0),
        ("d.executescript('BEGIN; INSERT INTO t VALUES (1); DELETE FROM t; END;')", 1),
        ("d.isolation_level = None; d.execute('insert into t values (1)')", 1),
        ("c = sqlite3.dbapi2.connect('c.db'); c.execute('create table t (a)')", 1),
        ("with d: d.execute('UPDATE t SET a = 2')", 1),
        ("early.execute('CREATE TABLE x (a)'); early.execute('INSERT INTO x VALUES (1)')\n"
         "early.commit()", 2),
    ],
)  # fmt: skip
def test_each_commit_is_a_step(learner: Learner, code: str, steps: int) -> None:
    learner.call("work", 11)
    learner.call("run", "d = sqlite3.connect('store.db')")
    assert len(learner.steps("run", code)) == steps


def test_what_was_not_committed_is_rolled_back(learner: Learner) -> None:
    learner.call("work", 12)
    assert learner.killed_at(1, "insert")
    assert learner.call("rows") == [1, 2]
    assert learner.killed_at(2, "run", "insert(); insert()")
    assert learner.call("rows") == [1, 2, 1, 2]


def test_the_next_call_runs_in_the_same_folder_and_in_a_new_process(learner: Learner) -> None:
    folder, mine = learner.folder, "Path('a').touch(); sys.seen = kept = 1; Path('b').touch()"
    learner.lay({"given/file": b"x"})
    assert learner.killed_at(2, "run", mine)
    learner.call("run", "assert not hasattr(sys, 'seen') and 'kept' not in globals()")
    assert learner.folder == folder
    assert learner.files() == {"given/file": b"x", "a": b"", "early.db": b""}
    assert learner.killed_at(1, "run", "Path('b').touch()")
    assert learner.files().keys() == {"given/file", "a", "early.db"}


def test_a_job_that_ends_before_the_step_goes_on_in_peace(learner: Learner) -> None:
    waiting = """
go = threading.Event()
thread = threading.Thread(target=lambda: go.wait() and Path("d").touch())
thread.start()
"""
    learner.call("run", waiting)
    assert not learner.killed_at(2, "run", "Path('a').touch()")
    learner.call("run", "go.set(); thread.join(); Path('b').touch(); Path('c').touch()")
    assert learner.files().keys() == {"a", "b", "c", "d", "early.db"}
    with pytest.raises(LearnerRaised, match="enough"):
        learner.killed_at(2, "run", "Path('f').touch(); raise ValueError('enough')")
    learner.call("run", "Path('g').touch(); Path('h').touch()")
    assert learner.steps("run", "Path('e').touch()") == ["write e"]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("os._exit(0)", "exit status 0"),
        ("os._exit(9)", "exit status 9"),
        ("os.kill(os.getpid(), 15)", "signal 15"),
    ],
)
def test_who_ends_the_process_is_not_taken_for_killed(
    learner: Learner, code: str, words: str
) -> None:
    for _ in range(2):
        with pytest.raises(LearnerEnded, match=words):
            learner.killed_at(2, "run", f"Path('a').touch(); {code}")


def test_a_kill_without_a_step_is_the_learners(learner: Learner) -> None:
    with pytest.raises(LearnerEnded, match="signal 9"):
        learner.call("run", "os.kill(os.getpid(), 9)")


def test_a_job_that_never_gets_to_the_step_is_a_timeout(make: Open) -> None:
    with make(seconds=0.5) as learner, pytest.raises(LearnerTimeout):
        learner.killed_at(1, "run", "time.sleep(60)")
    with make() as after:
        assert Path(learner.folder).name not in after.call("neighbours")


@pytest.mark.parametrize("told", ["2**70", "-1", "'many'", "None", "['x'] * 10_001", "{'a': 1}"])
def test_steps_that_lie_are_no_answer(learner: Learner, told: str) -> None:
    with pytest.raises(BadAnswer):
        learner.steps("run", f"{MINE}.end = lambda: {told}")


def test_names_are_bounded_text(learner: Learner) -> None:
    learner.call("run", "class Odd(type(Path())):\n def __fspath__(self): 1 / 0")
    code = f"open('a' * 250, 'w'); {MINE}.names += [1, ['x'], 'y' * 10**6]"
    first, *others = learner.steps("run", f"{code}; os.mkdir(b'\\xff')")
    assert first == f"write {'a' * 200}"
    assert [len(name) for name in others] == [21, 22, 600, 6]


@pytest.mark.parametrize("words", ["1", "['a']", "['x' * 10**6, 1]", "[[], {'a': 1}]"])
def test_last_words_are_a_claim(learner: Learner, words: str) -> None:
    say = f"servant._channel.send(pack({{'id': servant._ticket, 'dying': {words}}}))"
    lie = f"{SERVANT}; servant._steps._last_words = lambda *_: {say}"
    kill = learner.killed_at(1, "run", f"{lie}; Path('a').touch()")
    assert 0 < len(str(kill)) < 1_300
    assert not learner.killed_at(1, "run", f"{SERVANT}; {say}")
    with pytest.raises(BadAnswer):
        learner.killed_at(1, "run", f"{SERVANT}; {say}; {say}")


def test_a_plain_start_does_the_same(tmp_path: Path) -> None:
    starter = PlainStarter(LEARNER, str(tmp_path))
    with Learner(lambda: starter, task(str(tmp_path))) as learner:
        assert learner.killed_at(2, "work")
        assert learner.call("look") == (["job.py", "new"], {"new": "1"}, None)
        with pytest.raises(LearnerEnded):
            learner.killed_at(1, "run", "os._exit(0)")
    assert [path.name for path in tmp_path.iterdir()] == [LOG]
