"""A learner's tests meet models that live in the judge."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest

from workbench.judging import tests_run
from workbench.judging.bounds import Bounds
from workbench.judging.dialogue import Task
from workbench.judging.learner import Learner
from workbench.judging.processes import LEARNER, Nursery, can_fork
from workbench.judging.tests_run import CaseOutcome, QuestionRefused
from workbench.judging.verdicts import (
    BadAnswer,
    LearnerEnded,
    LearnerRaised,
    LearnerTimeout,
    NotAttempted,
)

FLIGHTS = pd.DataFrame({"carrier": ["UA", "B6"], "delay": [10.0, np.nan]})
ASKS = "assert model.predict_proba(flights).shape == (2, 2)"
Run = Callable[..., Any]


def steady(flights: pd.DataFrame) -> np.ndarray:
    return np.full((len(flights), 2), 0.5)


def outside(flights: pd.DataFrame) -> np.ndarray:
    return np.full((len(flights), 2), 1.5)


@pytest.fixture(scope="module")
def nursery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    if not can_fork():
        pytest.skip("warm parents fork")
    home = str(tmp_path_factory.mktemp("home"))
    warm = Nursery.open(LEARNER, ["pandas", "numpy.testing", "pytest"], home)
    warm.home = home
    yield warm
    warm.close()


@pytest.fixture
def run(nursery: Nursery) -> Run:
    """Run a file of tests, or one test of which the body is given, against models."""

    def run_tests(text: str, seconds: float = 20.0, **models: Any) -> Any:
        if "def test" not in text:
            text = f"def test_it(model, flights):\n    {text}\n"
        task = Task({"test_it.py": text.encode()}, seconds, 120, Bounds(), nursery.home)
        with Learner(lambda: nursery, task) as learner:
            return learner.run_tests(models or {"steady": steady}, flights=FLIGHTS)

    return run_tests


def outcome(run: Run, body: str, model: Any = steady) -> str:
    (cases,) = run(body, only=model).values()
    return str(cases["test_it"].outcome)


def test_a_frame_goes_to_the_judge_and_its_answer_comes_back(run: Run) -> None:
    asked = []

    def model(flights: pd.DataFrame) -> np.ndarray:
        asked.append(flights)
        return np.column_stack([flights["delay"], 2 * flights["delay"]])

    body = "np.testing.assert_array_equal(model.predict_proba(flights), [[10, 20], [nan, nan]])"
    found = run(f"from numpy import nan\nimport numpy as np\ndef test_it(model, flights): {body}",
                only=model)  # fmt: skip
    assert found["only"]["test_it"].outcome is CaseOutcome.PASSED
    pd.testing.assert_frame_equal(asked[0], FLIGHTS)


@pytest.mark.parametrize(
    ("body", "ending"),
    [
        (ASKS, "passed"),
        ("assert not flights.empty, 'none'", "passed"),
        ("assert model.predict_proba(flights).max() > 1", "failed"),
        ("from numpy.testing import assert_equal as eq; eq(model.predict_proba(flights), 1)",
         "failed"),
        ("model.name", "error"),
        ("raise ValueError('no assertion')", "error"),
        ("raise SystemExit(1)", "error"),
        ("import pytest; pytest.fail('no assertion')", "error"),
        ("import pytest; pytest.skip('not today')", "skipped"),
        ("model.predict_proba([1, 2])", "error"),
        ("model.predict_proba(flights.assign(x=[[1], [2]]))", "error"),
    ],
)  # fmt: skip
def test_only_an_assertion_in_a_test_is_a_failure(run: Run, body: str, ending: str) -> None:
    assert outcome(run, body) == ending


def test_an_error_in_a_fixture_or_a_mark_is_no_failure(run: Run) -> None:
    text = """
import pytest

@pytest.fixture
def broken(model):
    assert False

def test_setup(broken): pass

@pytest.fixture
def late(model):
    yield
    assert False

def test_teardown(late): pass

@pytest.mark.xfail
def test_expected(model): assert False

@pytest.mark.parametrize("x", [1, 2])
def test_parameters(model, x): assert x == 1

def test_starter(model): raise NotImplementedError("Task 1: this one")
"""
    (cases,) = run(text).values()
    assert {case.name: str(case.outcome) for case in cases.values()} == {
        "test_setup": "error",
        "test_teardown": "error",
        "test_expected": "skipped",
        "test_parameters[1]": "passed",
        "test_parameters[2]": "failed",
        "test_starter": "unwritten",
    }
    assert "assert 2 == 1" in cases["test_parameters[2]"].text
    assert "test_it.py, line" in cases["test_parameters[2]"].text


def test_each_model_is_judged_by_its_answers(run: Run) -> None:
    body = "assert model.predict_proba(flights).max() <= 1"
    found = run(body, sound=steady, faulty=outside)
    assert [str(found[name]["test_it"].outcome) for name in ("sound", "faulty")] == [
        "passed",
        "failed",
    ]


def test_a_frame_that_is_refused_is_a_value_error_in_the_test(run: Run) -> None:
    def strict(flights: pd.DataFrame) -> np.ndarray:
        raise QuestionRefused("one column more")

    body = "import pytest\n    with pytest.raises(ValueError, match='one column more'):\n        "
    assert outcome(run, body + "model.predict_proba(flights)", strict) == "passed"


def test_a_model_that_raises_is_our_fault(run: Run) -> None:
    def broken(flights: pd.DataFrame) -> np.ndarray:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run(ASKS, only=broken)


def test_a_model_that_answers_with_an_object_is_our_fault(run: Run) -> None:
    with pytest.raises(TypeError, match="an object of type object"):
        run(ASKS, only=lambda _: object())


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("for _ in range(2000): model.predict_proba(flights)", "more than 1,000 times"),
        ("import pandas as pd; model.predict_proba(pd.concat([flights] * 10_001))", "20,000"),
        ("import pandas as pd\n    many = pd.concat([flights] * 10_000)\n"
         "    while True: model.predict_proba(many)", "400,000 in all"),
        ("model.predict_proba(flights.assign(x='x' * 3_000_000))", "more than 4 MB"),
    ],
)  # fmt: skip
def test_questions_are_bounded(
    run: Run, body: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbench.judging.tests_run._TICK", 1e-6)
    with pytest.raises(BadAnswer, match=words):
        run(body)


@pytest.mark.parametrize(
    ("text", "verdict", "words"),
    [
        ("import os; os._exit(0)", LearnerEnded, "exit status 0"),
        ("while True: pass", LearnerTimeout, "did not answer"),
        ("import pytest; pytest.exit('enough')", LearnerRaised, "enough"),
        ("raise KeyboardInterrupt", LearnerRaised, "KeyboardInterrupt"),
        ("raise NotImplementedError('Task 1: write it')", NotAttempted, "Task 1: write it"),
        ("import nothing_here\ndef test_it(model): pass", LearnerRaised, "nothing_here"),
        ("assert False, 'at import'\ndef test_it(model): pass", LearnerRaised, "at import"),
        ("def no_test(): pass\n# def test", BadAnswer, "Write a test"),
        ("def test_a(): pass\nfor i in range(400): globals()[f'test_{i}'] = test_a",
         BadAnswer, "at most 300"),
    ],
)  # fmt: skip
def test_what_keeps_the_tests_from_running_ends_the_check(
    run: Run, text: str, verdict: type, words: str
) -> None:
    with pytest.raises(verdict, match=words):
        run(text, seconds=3.0 if "while" in text else 20.0)


def test_nothing_is_kept_from_model_to_model(run: Run) -> None:
    text = """
from pathlib import Path
import os, sys

def test_it(model):
    traces = [Path("seen"), Path("..", "seen"), Path(os.environ["HOME"], "seen")]
    assert not any(path.exists() for path in traces)
    assert not hasattr(sys, "seen")
    assert os.pread(1, 10, 0) == b""
    print("seen", flush=True)
    sys.seen = True
    for path in traces:
        path.touch()
"""
    found = run(text, **dict.fromkeys("abcd", steady))
    assert [str(cases["test_it"].outcome) for cases in found.values()] == ["passed"] * 4


def test_the_order_of_models_is_not_that_of_the_check() -> None:
    orders = {tuple(tests_run.shuffled("abcdef")) for _ in range(20)}
    assert len(orders) > 10


def test_an_answer_comes_at_a_tick_however_long_the_model_thinks() -> None:
    def slow(flights: pd.DataFrame) -> np.ndarray:
        time.sleep(0.001)
        return steady(flights)

    for model in (steady, slow):
        started = time.monotonic()
        tests_run.Interview(model).answer(FLIGHTS)
        assert time.monotonic() - started >= tests_run._TICK


FORGED = """
import json, os, struct
import gc
from workbench.judging.channel import Channel
from workbench.judging.packing import pack

def test_it(model):
    channel = next(o for o in gc.get_objects() if isinstance(o, Channel))
    ticket = model._ask.__closure__
    cells = [c.cell_contents for c in ticket]
    request = next(c for c in cells if isinstance(c, dict))
    channel.send(pack({"id": request["id"], **REPLY}))
    os._exit(0)
"""


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        ({"value": 7}, "malformed"),
        ({"value": [["test_it", "killed", None]]}, "malformed"),
        ({"value": [["test_it", "passed", None], ["test_it", "failed", None]]}, "malformed"),
        ({"value": [["t" * 501, "passed", None]]}, "malformed"),
        ({"value": [[["test_it"], "passed", None]]}, "malformed"),
        ({"value": [["test_it", "failed", {"frames": 3}]]}, "malformed"),
        ({"nothing": 1}, "answers nothing"),
        ({"ask": 7}, "no frame"),
        ({"ask": {"a": [1]}}, "no frame"),
    ],
)
def test_a_forged_report_is_refused_when_malformed(run: Run, reply: object, words: str) -> None:
    with pytest.raises(BadAnswer, match=words):
        run(FORGED.replace("REPLY", repr(reply)))


def test_a_forged_report_says_the_same_of_every_model(run: Run) -> None:
    """It can claim what it likes, and knows no more of a model than its answers."""
    reply = {"value": [["test_it", "passed", None], ["test_kills", "failed", None]]}
    found = run(FORGED.replace("REPLY", repr(reply)), sound=steady, faulty=outside)
    assert found["sound"] == found["faulty"]


def test_calls_are_answered_after_tests(nursery: Nursery) -> None:
    text = b"def double(x): return 2 * x\ndef test_it(model): assert double(1) == 2\n"
    task = Task({"test_it.py": text}, 20, 60, Bounds(), nursery.home)
    with Learner(lambda: nursery, task) as learner:
        assert learner.call("double", 2) == 4
        (cases,) = learner.run_tests({"only": steady}).values()
        assert cases["test_it"].outcome is CaseOutcome.PASSED
        assert learner.call("double", 3) == 6
