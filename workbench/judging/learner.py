"""The judge's side of the learner process: calls, handles, and what can go wrong."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Self

from workbench.judging.answers import expect_kind, is_text, raised, too_much_memory, weigh
from workbench.judging.channel import MAX_BYTES, Channel, ChannelClosed, ChannelTimeout
from workbench.judging.confine import Bounds
from workbench.judging.deadline import time_limit
from workbench.judging.file_tree import fold, unfold
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
    LearnerRaised,
    LearnerTimeout,
    Verdict,
)
from workbench.judging.wire import NotPlain, pack, unpack
from workbench.scenarios.streams import Stream

_OUTPUT_TAIL = 2_000
_MOST_STEPS = 100_000


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
    cache
        Where the judge keeps what can be built again; no learner process is told.
    """

    files: Mapping[str, bytes]
    call_seconds: float
    check_seconds: float
    bounds: Bounds
    home: str
    given: Mapping[str, bytes] = field(default_factory=dict)
    cache: Path = Path()


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

    @property
    def cache(self) -> Path:
        """Where the judge keeps what can be built again."""
        return self._task.cache

    def __enter__(self) -> Self:
        self._open()
        return self

    def _open(self, folder: str | None = None) -> None:
        self._output = tempfile.TemporaryFile()  # noqa: SIM115 - closed in _close
        self._loaded = self._tested = self._killed = False
        self._ended: Verdict | None = None
        ours, theirs = socket.socketpair()
        # The learner process makes its folder itself: in a sandbox nobody else could.
        self.folder = folder or f"{self._task.home}/learner-{secrets.token_hex(4)}"
        job = {"folder": self.folder, "bounds": asdict(self._task.bounds)}
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

    def lay(self, files: Mapping[str, bytes]) -> None:
        """Write files into the folder that the submission runs in.

        Parameters
        ----------
        files
            Content by path, relative to the folder, with slashes.
        """
        self._request("The folder", {"op": "lay", "files": fold(files)}, self._task.bounds.load)

    def files(self) -> dict[str, bytes]:
        """Return copies of the files in the submission's folder by their paths.

        What was submitted or given is left out, and so is what is no ordinary file. A path has
        slashes and stays inside the folder.
        """
        reply = self._request("The folder", {"op": "files"}, self._task.bounds.load)
        known = {*self._task.files, *self._task.given}
        return {path: text for path, text in unfold(reply["value"]).items() if path not in known}

    def count_steps(self, name: str, *args: object, **kwargs: object) -> int:
        """Call a function, and return how many steps it took: changes of files, and commits."""
        steps = self._ask(None, name, args, kwargs, keep=False, die_at=0).get("steps")
        if type(steps) is not int or not 0 <= steps <= _MOST_STEPS:
            raise BadAnswer(f"`{name}` answered with a malformed message.")
        return steps

    def killed_at(self, step: int, name: str, *args: object, **kwargs: object) -> bool:
        """Call a function whose process is killed (SIGKILL) at a step, before it is done.

        The next call runs in a new process in the same folder, on the files as they were left.

        Parameters
        ----------
        step
            Counted from 1, as by :meth:`count_steps`.

        Returns
        -------
        bool
            Whether it was killed; False when the call ended earlier.
        """
        try:
            self._ask(None, name, args, kwargs, keep=False, die_at=step)
        except LearnerEnded as ended:
            if ended is not self._ended or not self._killed:
                raise
            self._close()
            self._open(self.folder)
            return True
        return False

    def another(self, files: Mapping[str, bytes]) -> Learner:
        """Make a process like this one that runs other files, the course's own for instance.

        It is to be entered. Its calls are timed like a submission's, and count for nothing.
        """
        return Learner(self._open_starter, replace(self._task, files=files, given={}))

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
        return read_cases(reply["value"], raised)

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
        return expect_kind(name, value, returns)

    def _ask(
        self,
        handle: int | None,
        name: str,
        args: tuple[object, ...],
        kwargs: Mapping[str, object],
        *,
        keep: bool,
        die_at: int | None = None,
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
            "die_at": die_at,
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
            wanted = "handle" if question.get("keep") else "value"
            return weigh(what, reply, wanted, self._task.files, self._task.bounds)
        except ChannelTimeout:
            self._ended = LearnerTimeout(
                f"{what} did not answer within {max(seconds, 0):.0f} s. "
                "Look for an endless loop, or for work that grows with the number of rows."
            )
        except ChannelClosed:
            self._ended = self._how_it_ended(what, killed=bool(question.get("die_at")))
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
        if not (isinstance(reply, dict) and is_text(reply.get("id"), ticket)):
            raise NotPlain("a message that answers nothing")
        return reply

    def _how_it_ended(self, what: str, *, killed: bool) -> Verdict:
        ending = self._end(killed=killed)
        self._killed = killed and ending.status == -signal.SIGKILL
        if ending.memory > self._task.bounds.memory:
            return too_much_memory(what, self._task.bounds)
        how = f"exit status {ending.status}" if ending.status >= 0 else f"signal {-ending.status}"
        return LearnerEnded(
            f"{what} ended the whole process ({how}). Return an answer or raise an exception; "
            "do not call exit."
        )

    def _end(self, *, killed: bool = False) -> Ending:
        pid, self._pid = self._pid, None
        if pid is None:
            return Ending(0, 0)
        try:
            return self._starter.end(pid, killed=killed)
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
