"""One process that runs a submission: questions to it, replies, and how it ended."""

from __future__ import annotations

import os
import secrets
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

from workbench.judging.answers import is_text, too_much_memory, weigh
from workbench.judging.bounds import Bounds
from workbench.judging.channel import MAX_BYTES, Channel, ChannelClosed, ChannelTimeout
from workbench.judging.deadline import time_limit
from workbench.judging.packing import pack
from workbench.judging.processes import Begun, Ending, Starter, StarterLost
from workbench.judging.steps import KILL, At
from workbench.judging.tests_run import MAX_QUESTION_BYTES, Interview
from workbench.judging.unpacking import unpack
from workbench.judging.untrusted import NotPlain
from workbench.judging.verdicts import BadAnswer, LearnerEnded, LearnerTimeout, Verdict
from workbench.judging.wire import Packed

_OUTPUT_TAIL = 2_000


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
    keep
        Where the judge lays what the submission logged, for its author to review; nowhere if
        None.
    exercise
        The exercise's folder.
    """

    files: Mapping[str, bytes]
    call_seconds: float
    check_seconds: float
    bounds: Bounds
    home: str
    given: Mapping[str, bytes] = field(default_factory=dict)
    cache: Path = Path()
    keep: Path | None = None
    exercise: Path = Path()


@dataclass(frozen=True)
class Question:
    """A message to a learner process, packed; a reply written in advance cannot know its ticket."""

    ticket: str
    packed: Packed
    wanted: str
    deadly: bool

    @classmethod
    def pose(cls, op: str, **entries: object) -> Self:
        """Pack a question: an operation of the learner process and what it takes."""
        ticket = secrets.token_hex(8)
        wanted = "handle" if entries.get("keep") else "value"
        packed = pack({"id": ticket, "op": op, **entries})
        deadly = entries.get("die_at") not in (None, [*At(0)])  # to count steps kills nobody
        return cls(ticket, packed, wanted, deadly)


class Dialogue:
    """Questions to one learner process, from its start to its end.

    Parameters
    ----------
    open_starter
        Gives what starts processes.
    task
        What the process is to run.
    folder
        A folder that another process was killed in; a new one by default.

    Attributes
    ----------
    folder
        Where the process runs.
    loaded, tested
        Whether the submission was imported, or run as a file of tests; the learner's side of the
        judge notes it here.
    killed
        Whether it was killed at a step, as it was asked for.
    last_words
        What it said before; nobody vouches for it.
    """

    def __init__(
        self, open_starter: Callable[[], Starter], task: Task, folder: str | None = None
    ) -> None:
        self._open_starter = open_starter
        self._task = task
        # The learner process makes its folder itself: in a sandbox nobody else could.
        self.folder = folder or f"{task.home}/learner-{secrets.token_hex(4)}"
        self.loaded = self.tested = self.killed = False
        self.last_words: object = None
        self._ended: Verdict | None = None
        self._output = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - closed in close
        job = {"folder": self.folder, "bounds": asdict(task.bounds)}
        begun = self._start(job)
        self._pid: int | None = begun.pid
        self._channel = Channel(begun.channel)

    def close(self) -> str:
        """End the process; return the end of what it printed."""
        self._channel.close()  # the process ends by itself then
        self._end()
        printed = self._tail()
        self._output.close()
        return printed

    def ask(
        self,
        what: str,
        question: Question,
        seconds: float,
        interview: Interview | None = None,
        meanwhile: Callable[[], object] | None = None,
    ) -> dict[str, Any]:
        """Send a question and weigh the reply; a process that failed once stays ended.

        Parameters
        ----------
        what
            What is called, for messages.
        question
            The message.
        seconds
            How long the reply may take.
        interview
            Answers what the process asks before it replies.
        meanwhile
            Called once the question is sent.

        Raises
        ------
        Verdict
            If there is no usable reply.
        """
        if self._ended:
            raise self._ended
        try:
            deadline = time.monotonic() + seconds
            reply = self._exchange(question, deadline, interview, meanwhile)
            if question.deadly and "dying" in reply:
                self.last_words = reply["dying"]
                reply = self._receive(question.ticket, deadline)
            return weigh(what, reply, question.wanted, self._task.files, self._task.bounds)
        except ChannelTimeout:
            self._ended = LearnerTimeout(
                f"{what} did not answer within {max(seconds, 0):.0f} s. "
                "Look for an endless loop, or for work that grows with the number of rows."
            )
        except ChannelClosed:
            self._ended = self._how_it_ended(what, deadly=question.deadly)
        except NotPlain as problem:
            self._ended = BadAnswer(f"{what} returned {problem}; plain data is expected.")
        self._end()
        raise self._ended

    def _start(self, job: Mapping[str, Any]) -> Begun:
        output = [self._output.fileno()]
        self._starter = self._open_starter()
        try:
            return self._starter.start(job, output)
        except StarterLost:  # ended by what ran before, perhaps of another submission
            self._starter = self._open_starter()
            return self._starter.start(job, output)

    def _exchange(
        self,
        question: Question,
        deadline: float,
        interview: Interview | None,
        meanwhile: Callable[[], object] | None,
    ) -> dict[str, Any]:
        self._channel.send(question.packed, deadline)
        if meanwhile:
            meanwhile()
        if interview is None:
            return self._receive(question.ticket, deadline)
        while "ask" in (reply := self._receive(question.ticket, deadline, MAX_QUESTION_BYTES)):
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

    def _how_it_ended(self, what: str, *, deadly: bool) -> Verdict:
        ending = self._end(killed=deadly)
        self.killed = deadly and ending.status == -KILL
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

    def _tail(self) -> str:
        """Read the end of what the learner's code printed."""
        try:
            size = os.fstat(self._output.fileno()).st_size
            self._output.seek(max(0, size - _OUTPUT_TAIL))
            tail = self._output.read(_OUTPUT_TAIL) or b""
        except OSError:  # the process shares the open file, and may have changed its mode
            return ""
        return tail.decode("utf-8", "replace")
