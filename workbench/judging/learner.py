"""The judge's side of the learner process: calls, handles, and what can go wrong."""

from __future__ import annotations

import os
import secrets
import socket
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

import numpy as np
import pandas as pd

from workbench.judging.channel import MAX_BYTES, Channel, ChannelClosed, ChannelTimeout
from workbench.judging.confine import Bounds
from workbench.judging.deadline import time_limit
from workbench.judging.processes import Ending, Starter, StarterLost
from workbench.judging.tests_run import (
    MAX_QUESTION_BYTES,
    Case,
    Interview,
    Model,
    Name,
    read_cases,
    shuffled,
)
from workbench.judging.verdicts import (
    BadAnswer,
    LearnerEnded,
    LearnerMemory,
    LearnerRaised,
    LearnerTimeout,
    NotAttempted,
    Verdict,
)
from workbench.judging.wire import NotPlain, pack, unpack
from workbench.scenarios.streams import Stream

_OUTPUT_TAIL = 2_000
_SHORT, _LONG = 100, 600  # characters of what a learner process says about itself
_KINDS = {
    bool: "True or False",
    int: "a whole number",
    float: "a number",
    str: "text",
    list: "a list",
    dict: "a dict",
    tuple: "a tuple",
    np.ndarray: "an array",
    pd.DataFrame: "a DataFrame",
    pd.Series: "a Series",
}


@dataclass(frozen=True)
class Task:
    """What the learner process is to run.

    Parameters
    ----------
    files
        Name and content of each submitted file.
    call_seconds, check_seconds
        Wall-clock limit of one call, and of all calls of one check.
    bounds
        Limits of the process.
    home
        Where the process may make its folder.
    given
        Name and content of the exercise's own files that the submission may import.
    """

    files: Mapping[str, bytes]
    call_seconds: float
    check_seconds: float
    bounds: Bounds
    home: str
    given: Mapping[str, bytes] = field(default_factory=dict)


class Learner:
    """A submission in a process of its own.

    Every call raises a :class:`~workbench.judging.verdicts.Verdict` when there is no usable
    answer: not attempted, an error of the learner's code, timeout, memory, or an answer of the
    wrong kind. Checks let it pass; the check then ends with that outcome. `output` is the end
    of what the learner's code printed, known once the process has ended.
    """

    def __init__(self, open_starter: Callable[[], Starter], task: Task) -> None:
        self._open_starter = open_starter
        self._task = task
        self._left = task.check_seconds
        self.output = ""

    def __enter__(self) -> Self:
        self._open()
        return self

    def _open(self) -> None:
        self._output = tempfile.TemporaryFile()  # noqa: SIM115 - closed in _close
        self._loaded = self._tested = False
        self._ended: Verdict | None = None
        ours, theirs = socket.socketpair()
        # The learner process makes its folder itself: in a sandbox nobody else could.
        folder = f"{self._task.home}/learner-{secrets.token_hex(4)}"
        job = {"folder": folder, "bounds": asdict(self._task.bounds)}
        with theirs:
            self._pid: int | None = self._start(job, (theirs.fileno(), self._output.fileno()))
        self._channel = Channel(ours)

    def _renew(self) -> None:
        """Go on in a new process: what the last one kept, in memory or in files, goes with it."""
        self._close()
        self._open()

    def _start(self, job: Mapping[str, Any], fds: tuple[int, int]) -> int:
        self._starter = self._open_starter()
        try:
            return self._starter.start(job, fds)
        except StarterLost:  # ended by what ran before, perhaps of another submission
            self._starter = self._open_starter()
            return self._starter.start(job, fds)

    def __exit__(self, *_: object) -> None:
        self._close()

    def _close(self) -> None:
        self._channel.close()  # the process ends by itself then
        self._end()
        self.output = self._tail()
        self._output.close()

    def text(self, file: str) -> str:
        """Return a submitted file that is not code."""
        return self._task.files[file].decode("utf-8", "replace")

    def call(self, name: str, *args: object, returns: type | None = None, **kwargs: object) -> Any:
        """Call a function of the submission.

        Parameters
        ----------
        name
            The function.
        *args, **kwargs
            Plain data; the learner gets copies.
        returns
            The type that the task asks for; another one ends the check with a message.
        """
        return self._call(None, name, args, kwargs, returns)

    def new(self, name: str, *args: object, **kwargs: object) -> Handle:
        """Call a class or function and keep what it returns on the learner's side."""
        reply = self._ask(None, name, args, kwargs, keep=True)
        return Handle(self, reply["handle"], name)

    def refuses(self, name: str, *args: object, **kwargs: object) -> LearnerRaised | None:
        """Call a function that should raise; None when it returns instead."""
        try:
            self._call(None, name, args, kwargs, None)
        except LearnerRaised as raised:
            return raised
        return None

    def replay(self, name: str, stream: Stream) -> list[bool]:
        """Make a monitor from a stream's reference and show it one batch after the other.

        The next batch is sent after the answer to the last one.

        Returns
        -------
        list of bool
            The monitor's answer to each batch.
        """
        monitor = self.new(name, stream.reference)
        return [monitor.call("update", batch.frame, returns=bool) for batch in stream]

    def run_tests(
        self, models: Mapping[Name, Model], **fixtures: object
    ) -> dict[Name, dict[str, Case]]:
        """Run the submitted file of tests against each model, in a fresh process for each.

        Parameters
        ----------
        models
            Functions from a frame to an array, under names that stay in the judge. The tests'
            fixture ``model`` has one method, ``predict_proba``, which asks the function. Nothing
            but its answers tells a test which one that is.
        **fixtures
            Plain data by the name of its fixture; each test gets a copy.

        Returns
        -------
        dict
            For each model how each case ended, by the case's name.
        """
        found = {name: self._run_tests(models[name], fixtures) for name in shuffled(models)}
        return {name: found[name] for name in models}

    def _run_tests(self, model: Model, fixtures: Mapping[str, object]) -> dict[str, Case]:
        if self._loaded or self._tested:
            self._renew()
        self._tested = True
        question = {
            "op": "test",
            "file": next(iter(self._task.files)),
            "files": self._task.files,
            "given": self._task.given,
            "fixtures": fixtures,
        }
        reply = self._timed("The file of tests", question, Interview(model))
        return read_cases(reply["value"], _raised)

    def _tail(self) -> str:
        """Read the end of what the learner's code printed."""
        try:
            start = max(0, os.fstat(self._output.fileno()).st_size - _OUTPUT_TAIL)
            tail = os.pread(self._output.fileno(), _OUTPUT_TAIL, start)
        except OSError:  # the process shares the open file, and may have changed its mode
            return ""
        return tail.decode("utf-8", "replace")

    def _call(
        self,
        handle: int | None,
        name: str,
        args: tuple[object, ...],
        kwargs: Mapping[str, object],
        returns: type | None,
    ) -> Any:
        value = self._ask(handle, name, args, kwargs, keep=False)["value"]
        if isinstance(value, pd.DataFrame) and returns and not value.columns.is_unique:
            raise BadAnswer(f"`{name}` returned a frame with several columns of one name.")
        if returns is None or _is_a(value, returns):
            return value
        wanted = _KINDS.get(returns, returns.__name__)
        raise BadAnswer(f"`{name}` should return {wanted}; it returned {_show(value)}.")

    def _ask(
        self,
        handle: int | None,
        name: str,
        args: tuple[object, ...],
        kwargs: Mapping[str, object],
        *,
        keep: bool,
    ) -> dict[str, Any]:
        if self._tested:
            self._renew()
        if not self._loaded:
            load = {"op": "load", "files": self._task.files, "given": self._task.given}
            self._request("The file", load, self._task.bounds.load)
            self._loaded = True
        question = {
            "op": "call",
            "handle": handle,
            "name": name,
            "args": list(args),
            "kwargs": dict(kwargs),
            "keep": keep,
        }
        return self._timed(f"`{name}`", question)

    def _timed(
        self, what: str, question: dict[str, Any], interview: Interview | None = None
    ) -> dict[str, Any]:
        seconds, started = min(self._task.call_seconds, self._left), time.monotonic()
        try:
            return self._request(what, question, seconds, interview)
        finally:
            self._left -= time.monotonic() - started

    def _request(
        self,
        what: str,
        question: dict[str, Any],
        seconds: float,
        interview: Interview | None = None,
    ) -> dict[str, Any]:
        """Send a question and weigh the reply; a process that failed once stays ended."""
        if self._ended:
            raise self._ended
        try:
            reply = self._exchange(question, time.monotonic() + seconds, interview)
            return self._weigh(what, reply, "handle" if question.get("keep") else "value")
        except ChannelTimeout:
            self._ended = LearnerTimeout(
                f"{what} did not answer within {max(seconds, 0):.0f} s. "
                "Look for an endless loop, or for work that grows with the number of rows."
            )
        except ChannelClosed:
            self._ended = self._how_it_ended(what)
        except NotPlain as problem:
            self._ended = BadAnswer(f"{what} returned {problem}; plain data is expected.")
        self._end()
        raise self._ended

    def _exchange(
        self, question: dict[str, Any], deadline: float, interview: Interview | None
    ) -> dict[str, Any]:
        ticket = secrets.token_hex(8)  # a reply written in advance cannot know it
        self._channel.send(pack({"id": ticket, **question}), deadline)
        if interview is None:
            return self._receive(ticket, deadline)
        while "ask" in (reply := self._receive(ticket, deadline, MAX_QUESTION_BYTES)):
            with time_limit(deadline - time.monotonic(), ChannelTimeout()):
                answer = interview.answer(reply["ask"])
            self._channel.send(answer, deadline)
        return reply

    def _receive(self, ticket: str, deadline: float, most: int = MAX_BYTES) -> dict[str, Any]:
        packed = self._channel.receive(deadline, most)
        with time_limit(deadline - time.monotonic(), ChannelTimeout()):
            reply = unpack(packed)  # a small message can be slow to open: colliding keys, say
        if not (isinstance(reply, dict) and _is_text(reply.get("id"), ticket)):
            raise NotPlain("a message that answers nothing")
        return reply

    def _weigh(self, what: str, reply: dict[str, Any], wanted: str) -> dict[str, Any]:
        if "missing" in reply:
            raise BadAnswer(
                f"There is no {_said(reply['missing'])} {what} in "
                f"{' or '.join(self._task.files)}. Keep the names that the starter gives."
            )
        if "signature" in reply:
            raise BadAnswer(
                f"{what} cannot be called as the README says: {_said(reply['signature'])}. "
                "Keep the signature that the starter gives."
            )
        if "unplain" in reply:
            seen = _said(reply["unplain"])
            raise BadAnswer(f"{what} returned {seen}; see what the README asks for.")
        if "memory" in reply:
            raise LearnerMemory(_memory(what, self._task.bounds))
        if "raised" in reply:
            raise _raised(what, reply["raised"])
        if wanted not in reply or (wanted == "handle" and type(reply[wanted]) is not int):
            raise NotPlain("a message that answers nothing")
        return reply

    def _how_it_ended(self, what: str) -> Verdict:
        ending = self._end()
        if ending.memory > self._task.bounds.memory:
            return LearnerMemory(_memory(what, self._task.bounds))
        how = f"exit status {ending.status}" if ending.status >= 0 else f"signal {-ending.status}"
        return LearnerEnded(
            f"{what} ended the whole process ({how}). Return an answer or raise an exception; "
            "do not call exit."
        )

    def _end(self) -> Ending:
        pid, self._pid = self._pid, None
        if pid is None:
            return Ending(0, 0)
        try:
            return self._starter.end(pid)
        except StarterLost:
            return Ending(-9, 0)


class Handle:
    """An object that lives in the learner process."""

    def __init__(self, learner: Learner, number: int, name: str) -> None:
        self._learner = learner
        self._number = number
        self._name = name

    def call(self, name: str, *args: object, returns: type | None = None, **kwargs: object) -> Any:
        """Call a method; see :meth:`Learner.call`."""
        return self._learner._call(self._number, name, args, kwargs, returns)


def _is_a(value: object, wanted: type) -> bool:
    if wanted is float:
        return type(value) in {float, int}
    if isinstance(value, bool):
        return wanted is bool
    return isinstance(value, wanted)


def _is_text(value: object, text: str) -> bool:
    """Compare without asking the value: an array would answer with an array."""
    return type(value) is str and value == text


def _said(value: object, most: int = _LONG) -> str:
    """Show what a learner process says about itself: text of bounded length."""
    return value[:most] if isinstance(value, str) else f"an object of type {type(value).__name__}"


def _raised(what: str, raised: Any) -> Verdict:
    try:
        kind, text = _said(raised["type"], _SHORT), _said(raised["text"])
        frames, starter = raised["frames"][-3:], raised["starter"] is True
        lines = "".join(
            f"\n  {_said(name, _SHORT)}, line {int(line)}: {_said(code)}"
            for name, line, code in frames
        )
    except Exception:  # any malformed answer may surface as any error
        return BadAnswer(f"{what} answered with a malformed message.")
    if starter:
        return NotAttempted(f"{text or 'This task'} is still to be written.{lines}")
    said = f"{kind}: {text}" if text else kind
    return LearnerRaised(f"{what} raised {said}{lines}", kind, text)


def _memory(what: str, bounds: Bounds) -> str:
    return (
        f"{what} needed more than {bounds.memory / 2**30:.1f} GB of memory. "
        "Work on the columns that you need, and without copies of the whole frame."
    )


def _show(value: object) -> str:
    if isinstance(value, pd.DataFrame | pd.Series):
        return f"a {type(value).__name__} of shape {value.shape}"
    text = repr(value)
    kind = type(value).__name__
    return f"{text[:60]} ({kind})" if value is not None else "None"
