"""Each way in which a judgement can end."""

import os
import shutil
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from workbench.course import Exercise, load_exercise
from workbench.judging.grade import Abandoned, Grader
from workbench.judging.isolation import IsolationError
from workbench.results import Outcome, Result

from .conftest import REFERENCE, Judge, by_id

MEAN = 'return frame["departure_delay"].mean()'


def mean(result: Result):
    return by_id(result)["computes_the_mean"]


def others_passed(result: Result) -> bool:
    """One death stays one death."""
    checks = by_id(result)
    return all(checks[name].outcome is Outcome.PASSED for name in ("keeps_a_tally", "starts_anew"))


def test_the_reference_passes_with_its_evidence(judge: Judge) -> None:
    result = judge()
    assert (result.outcome, result.score, result.max_score) == (Outcome.PASSED, 6, 6)
    assert result.exit_status == 0
    assert mean(result).numbers == {"error": 0.0}
    assert mean(result).figures[0].kind == "bars"


def test_the_starter_is_not_attempted(grader: Grader, tally: Exercise) -> None:
    result = grader.grade(tally, tally.folder, seed=1)
    assert (result.outcome, result.score, result.exit_status) == (Outcome.NOT_ATTEMPTED, 0, 1)
    assert mean(result).outcome is Outcome.NOT_ATTEMPTED
    assert "Task 1: the mean delay" in mean(result).message


@pytest.mark.parametrize(("check", "points"), [("starts_anew", 1), ("no_check", 0)])
def test_a_narrowed_exercise_is_judged_by_those_checks_alone(
    grader: Grader, tally: Exercise, check: str, points: int
) -> None:
    result = grader.grade(tally.narrowed(check), tally.solution, seed=1)
    assert (result.score, result.max_score) == (points, points)
    assert all(found.outcome is Outcome.PASSED for found in result.checks)


def test_a_judgement_that_is_given_up_ends_and_leaves_all_warm(
    grader: Grader, tally: Exercise, tmp_path: Path
) -> None:
    lives = tmp_path / "lives"
    slow = f"import os, pathlib; pathlib.Path({str(lives)!r}).write_text(str(os.getpid()))"
    (tmp_path / "tally.py").write_text(f"{slow}\nwhile True: pass\n{REFERENCE}")
    grader.grade(tally, tally.solution, seed=1)
    warm = grader._judges, grader._learners
    with pytest.raises(Abandoned):
        grader.grade(tally, tmp_path, seed=1, given_up=lives.exists)
    assert not Path("/proc", lives.read_text()).exists()
    assert grader.grade(tally, tally.solution, seed=1).outcome is Outcome.PASSED
    assert (grader._judges, grader._learners) == warm
    assert grader._learners is None or not grader._learners.lost


def test_an_import_that_fails_is_the_checks_own_trouble(
    tally: Exercise, grader: Grader, tmp_path: Path
) -> None:
    folder = tmp_path / "1_tally"
    shutil.copytree(tally.folder, folder)
    checks = folder / "checks.py"
    checks.write_text(f"import no_such_module\n{checks.read_text()}")
    exercise = load_exercise(folder, tally.solution)
    with Grader(exercise.needs, exercise.imports) as other:
        result = other.grade(exercise, exercise.solution, seed=1)
    assert result.exit_status == 2
    assert "no_such_module" in result.checks[0].output


def test_a_check_leaves_notes_for_those_that_require_it(with_checks: Judge) -> None:
    checks = """
from workbench.authoring import criterion
@criterion(points=1)
def first(learner, notes):
    "It notes."
    assert notes == {}, "The notes should be empty at first."
    notes["rows"] = 3
@criterion(points=1, requires="first")
def second(notes):
    "It reads."
    assert notes["rows"] == 3, "The note should be there."
"""
    assert with_checks(checks).outcome is Outcome.PASSED


def test_modules_with_an_underscore_are_the_judges(
    grader: Grader, tally: Exercise, tmp_path: Path
) -> None:
    """Checks import some from beside them, and have others run in a process of their own."""
    folder = tmp_path / "1_tally"
    shutil.copytree(tally.folder, folder)
    (folder / "_answers.py").write_text("from _numbers import THREE\nANSWER = 2 * THREE\n")
    (folder / "_numbers.py").write_text("THREE = 3\n")
    (folder / "_office.py").write_text("def double(number):\n    return 2 * number\n")
    (folder / "checks.py").write_text("""
from _answers import ANSWER
from workbench.authoring import criterion
@criterion(points=1)
def doubles(learner):
    "A process without the submission doubles."
    with learner.another(learner.material("_office.py")) as office:
        assert office.call("double", 3) == ANSWER, "It should be 6."
""")
    exercise = load_exercise(folder, tally.solution)
    assert grader.grade(exercise, exercise.solution, seed=1).outcome is Outcome.PASSED


def test_the_judges_own_job_runs_beside_the_submission(with_checks: Judge) -> None:
    """What the submission defines under the job's name is not asked."""
    checks = """
from workbench.authoring import criterion
JOB = b"import tally\\ndef mean_delay(frame): return 'the job'\\n"
@criterion(points=1)
def runs(learner):
    "It runs."
    with learner.another({"job.py": JOB, **learner.submission}) as job:
        assert job.call("mean_delay", None) == "the job", "The job should be asked."
"""
    assert with_checks(checks).outcome is Outcome.PASSED


def test_given_files_are_the_courses_own(grader: Grader, tally: Exercise, tmp_path: Path) -> None:
    """The submission may import them; what a learner changed in them is not judged."""
    folder, submission = tmp_path / "1_tally", tmp_path / "submission"
    shutil.copytree(tally.folder, folder)
    (folder / "mean.py").write_text("def mean(column): return column.mean()")
    submission.mkdir()
    (submission / "mean.py").write_text("def mean(column): return 3.0")
    code = REFERENCE.replace(MEAN, 'return mean(frame["departure_delay"])')
    (submission / "tally.py").write_text(f"from mean import mean\n{code}")
    exercise = replace(load_exercise(folder, tally.solution), given=("mean.py",))
    assert grader.grade(exercise, submission, seed=1).outcome is Outcome.PASSED


def test_a_wrong_answer_fails_with_message_and_hint(judge: Judge) -> None:
    result = judge(old=MEAN, new="return 3.0")
    assert mean(result).outcome is Outcome.FAILED
    assert "The mean is off by" in mean(result).message
    assert mean(result).hint == "Look up the mean."
    assert (result.score, result.exit_status) == (4, 1)
    assert others_passed(result)


def test_a_check_waits_for_the_one_that_it_requires(judge: Judge) -> None:
    result = judge(old="self.rows += len(batch)", new="pass")
    assert by_id(result)["keeps_a_tally"].outcome is Outcome.FAILED
    waiting = by_id(result)["starts_anew"]
    assert (waiting.outcome, waiting.message) == (Outcome.SKIPPED, "It waits for keeps_a_tally.")


def test_an_exception_shows_the_learners_own_lines_only(judge: Judge) -> None:
    result = judge(old=MEAN, new='return frame["delay"].mean()')
    assert mean(result).outcome is Outcome.ERROR
    assert "KeyError: 'delay'" in mean(result).message
    assert 'tally.py, line 5: return frame["delay"].mean()' in mean(result).message
    assert "pandas" not in mean(result).message
    assert others_passed(result)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("import os; os._exit(0)", "ended the whole process (exit status 0)"),
        ("import os; os.kill(os.getpid(), 9)", "signal 9"),
        ("import ctypes; ctypes.string_at(0)", "signal 11"),
        ("raise SystemExit(0)", "SystemExit"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
    ],
)
def test_an_end_of_the_process_is_one_checks_error(judge: Judge, code: str, words: str) -> None:
    result = judge(old=MEAN, new=code)
    assert mean(result).outcome is Outcome.ERROR
    assert words in mean(result).message
    assert others_passed(result)


@pytest.mark.parametrize(
    "loop",
    [
        "while True: pass",
        "import signal, time\n    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 32))\n"
        "    while True:\n        try: time.sleep(60)\n        except BaseException: pass",
    ],
)
def test_an_endless_loop_is_a_timeout(judge: Judge, loop: str) -> None:
    result = judge(old=MEAN, new=loop)
    assert mean(result).outcome is Outcome.TIMEOUT
    assert "within" in mean(result).message
    assert others_passed(result)


def test_too_much_memory_is_told(judge: Judge) -> None:
    result = judge(old=MEAN, new="return len(bytearray(900 * 2**20))")
    assert mean(result).outcome is Outcome.MEMORY
    assert "GB of memory" in mean(result).message
    assert others_passed(result)


def test_printed_output_is_kept_and_bounded(judge: Judge) -> None:
    result = judge(old=MEAN, new=f'print("x" * 10_000_000 + "the end")\n    {MEAN}')
    assert mean(result).outcome is Outcome.PASSED
    assert mean(result).output.strip().endswith("the end")
    assert len(mean(result).output) <= 2_000


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ('return "3"', "should return a number; it returned '3' (str)"),
        ("return None", "it returned None"),
        ("return True", "it returned True (bool)"),
        ("return frame", "a DataFrame of shape (500, 1)"),
        ("return float('nan')", "nan, which is not finite"),
        ("return object()", "an object of type object"),
        ("return lambda: 3", "an object of type function"),
    ],
)
def test_an_answer_of_the_wrong_kind_is_named(judge: Judge, code: str, words: str) -> None:
    result = judge(old=MEAN, new=code)
    assert mean(result).outcome is Outcome.FAILED
    assert words in mean(result).message


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("def mean_delay(", "def mean(", "There is no function `mean_delay` in tally.py."),
        ("def total(", "def sum(", "There is no method `total`"),
        ("frame: pd.DataFrame", "frame, other", "missing a required argument: 'other'"),
    ],
)
def test_a_wrong_name_or_signature_is_named(judge: Judge, old: str, new: str, words: str) -> None:
    messages = " ".join(check.message for check in judge(old=old, new=new).checks)
    assert words in messages
    assert "the starter gives" in messages


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"  \n", "is empty"),
        (b"def f(:\n", "tally.py, line 1 is not valid Python"),
        (b"x = '\xe9'\n", "not UTF-8"),
        (b"# \xe9\nx = 1\n", "not UTF-8"),
        (b"x = 1\0", "null bytes"),
        (b"#" * 2_000_000, "at most 1,000,000"),
        (b"(" * 5_000, "not valid Python"),
    ],
)
def test_an_unreadable_file_gets_one_sentence(
    grader: Grader, tally: Exercise, tmp_path: Path, content: bytes, words: str
) -> None:
    (tmp_path / "tally.py").write_bytes(content)
    result = grader.grade(tally, tmp_path, seed=1)
    assert {check.outcome for check in result.checks} == {Outcome.ERROR}
    assert all(words in check.message for check in result.checks)
    assert "\n" not in result.checks[0].message


def test_a_missing_file_names_the_cure(grader: Grader, tally: Exercise, tmp_path: Path) -> None:
    result = grader.grade(tally, tmp_path, seed=1)
    assert "`workbench reset tally` brings the starter back" in result.checks[0].message


def test_what_is_no_ordinary_file_is_not_read(
    grader: Grader, tally: Exercise, tmp_path: Path
) -> None:
    path = tmp_path / "tally.py"
    path.symlink_to("/etc/passwd")
    assert "it is a link" in grader.grade(tally, tmp_path, seed=1).checks[0].message
    path.unlink()
    os.mkfifo(path)
    assert "not an ordinary file" in grader.grade(tally, tmp_path, seed=1).checks[0].message
    path.unlink()
    path.mkdir()
    assert "cannot be read" in grader.grade(tally, tmp_path, seed=1).checks[0].message


def test_an_error_at_import_is_the_learners(judge: Judge) -> None:
    result = judge("import a_module_that_is_not_there\n" + REFERENCE)
    assert {check.outcome for check in result.checks} == {Outcome.ERROR, Outcome.SKIPPED}
    assert "ModuleNotFoundError" in result.checks[0].message
    assert "tally.py, line 1" in result.checks[0].message


def test_a_fault_in_a_check_is_ours(with_checks: Judge, tally: Exercise) -> None:
    broken = (tally.folder / "checks.py").read_text().replace("== 20", "== 20 / 0")
    result = with_checks(broken)
    fault = by_id(result)["keeps_a_tally"]
    assert fault.outcome is Outcome.GRADER_ERROR
    assert f"ZeroDivisionError at checks.py:{fault.line}" in fault.message
    assert "ZeroDivisionError" in fault.output
    assert (result.outcome, result.exit_status) == (Outcome.GRADER_ERROR, 2)


def test_checks_that_cannot_be_imported_did_not_run(with_checks: Judge, tally: Exercise) -> None:
    broken = "import nothing_of_this_name\n" + (tally.folder / "checks.py").read_text()
    result = with_checks(broken)
    assert {check.outcome for check in result.checks} == {Outcome.NOT_RUN}
    assert "nothing_of_this_name" in result.checks[0].output
    assert (result.score, result.max_score, result.exit_status) == (0, 6, 2)


def test_a_judge_that_dies_earns_nothing_and_is_replaced(
    with_checks: Judge, judge: Judge, tally: Exercise
) -> None:
    dying = (
        (tally.folder / "checks.py")
        .read_text()
        .replace("    tally = learner", "    import os; os._exit(3)\n    tally = learner")
    )
    result = with_checks(dying)
    assert [check.outcome for check in result.checks] == [
        Outcome.PASSED,
        Outcome.NOT_RUN,
        Outcome.NOT_RUN,
    ]
    assert result.exit_status == 2
    assert judge().outcome is Outcome.PASSED


def test_a_lost_warm_parent_is_replaced(judge: Judge) -> None:
    result = judge(old=MEAN, new="import os; os.kill(os.getppid(), 9); os._exit(0)")
    assert mean(result).outcome is Outcome.ERROR
    assert others_passed(result)
    assert judge().outcome is Outcome.PASSED


def test_the_same_seed_gives_the_same_result_and_another_seed_other_rows(judge: Judge) -> None:
    code = f"print(frame.iloc[:5, 0].tolist())\n    {MEAN}"
    first, again, other = (judge(old=MEAN, new=code, seed=seed) for seed in (1, 1, 2))
    assert mean(first).output == mean(again).output != mean(other).output


def test_checks_are_told_as_they_end(grader: Grader, tally: Exercise) -> None:
    seen: list[str] = []
    grader.grade(tally, tally.solution, seed=1, on_check=lambda check: seen.append(check.id))
    assert seen == [criterion.id for criterion in tally.criteria]


def strip(result: Result) -> Result:
    checks = tuple(replace(check, seconds=0.0) for check in result.checks)
    return replace(result, checks=checks, seconds=0.0, isolation="")


@pytest.mark.parametrize("options", [{"warm": False}, {"isolation": "sandbox"}], ids=str)
def test_every_kind_of_start_gives_the_same_result(
    grader: Grader, tally: Exercise, options: dict[str, object]
) -> None:
    with Grader(**options) as other:
        for folder in (tally.solution, tally.folder):
            expected = grader.grade(tally, folder, seed=3)
            assert strip(other.grade(tally, folder, seed=3)) == strip(expected)


def test_an_unknown_isolation_is_named() -> None:
    with pytest.raises(IsolationError, match="process, sandbox"), Grader(isolation="none"):
        pass


def test_the_sandbox_without_bubblewrap_names_the_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(IsolationError, match="install the package `bubblewrap`"):
        Grader(isolation="sandbox").__enter__()


def test_nothing_runs_after_a_grader_is_closed(tally: Exercise) -> None:
    with Grader() as short:
        short.grade(tally, tally.solution, seed=1)
        pids = [short._learners._process.pid, short._judges._process.pid]
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)
