"""The judge's side of the learner process: calls, handles, and what can go wrong."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path
from types import MappingProxyType
from typing import Any, Self

from workbench.judging.answers import expect_kind, raised, said
from workbench.judging.dialogue import Dialogue, Question, Task
from workbench.judging.file_tree import fold, unfold
from workbench.judging.processes import Starter
from workbench.judging.steps import At
from workbench.judging.tests_run import Case, Interview, Model, Name, read_cases, shuffled
from workbench.judging.untrusted import NotPlain
from workbench.judging.verdicts import BadAnswer, LearnerEnded, LearnerRaised
from workbench.scenarios.streams import Stream

_MOST_STEPS = 10_000


@dataclass(frozen=True)
class Kill:
    """Where a call was killed: the step that was done last, and the one that would have come.

    The names are claims of the process that was killed; empty where there is none.
    """

    done: str
    next: str

    @classmethod
    def between(cls, told: object) -> Kill:
        """Read what a process said before it died."""
        match told:
            case [done, coming]:
                return cls(said(done), said(coming))
        return cls("", "")

    def __str__(self) -> str:
        done = f'after "{self.done}"' if self.done else "before anything was done"
        return f'{done}, before "{self.next}"'


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

    @property
    def keep(self) -> Path | None:
        """Where the judge lays what the submission logged, for its author to review."""
        return self._task.keep

    @property
    def folder(self) -> str:
        """Where the submission runs, as its own process sees it."""
        return self._dialogue.folder

    def __enter__(self) -> Self:
        self._dialogue = Dialogue(self._open_starter, self._task)
        return self

    def __exit__(self, *_: object) -> None:
        self.output = self._dialogue.close()

    def _renew(self, folder: str | None = None) -> None:
        """Go on in a new process: what the last one kept is gone, but for files in a folder."""
        self._dialogue.close()
        self._dialogue = Dialogue(self._open_starter, self._task, folder)

    @property
    def submission(self) -> Mapping[str, bytes]:
        """Content of the submitted files by name, for :meth:`another` process to run."""
        return self._task.files

    def text(self, file: str) -> str:
        """Return a submitted file that is not code."""
        return self._task.files[file].decode("utf-8", "replace")

    def material(self, *files: str) -> dict[str, bytes]:
        """Read files of the exercise's own folder, for :meth:`another` process to run."""
        return {file: (self._task.exercise / file).read_bytes() for file in files}

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
        return self._new(name, args, kwargs)

    def _new(
        self,
        name: str,
        args: tuple[object, ...],
        kwargs: Mapping[str, object],
        meanwhile: Callable[[], object] | None = None,
    ) -> Handle:
        reply = self._ask(None, name, args, kwargs, keep=True, meanwhile=meanwhile)
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

        The next batch is sent after the answer to the last one, and made before it.

        Returns
        -------
        list of bool
            The monitor's answer to each batch.
        """
        frames = (batch.frame for batch in stream)
        first: list[object] = []  # the stream's weeks are read while the monitor is made
        monitor = self._new(name, (stream.reference,), {}, lambda: first.extend(islice(frames, 1)))
        return monitor.call_each("update", chain(first, frames), returns=bool)

    def lay(self, files: Mapping[str, bytes]) -> None:
        """Write files into the folder that the submission runs in.

        Parameters
        ----------
        files
            Content by path, relative to the folder, with slashes.
        """
        self._in_folder("lay", files=fold(files))

    def files(self) -> dict[str, bytes]:
        """Return copies of the files in the submission's folder by their paths.

        What was submitted or given is left out, and so is what is no ordinary file. A path has
        slashes and stays inside the folder.
        """
        known = {*self._task.files, *self._task.given}
        try:
            found = unfold(self._in_folder("files")["value"])
        except NotPlain as problem:
            raise BadAnswer(f"The folder holds {problem}; ordinary files are expected.") from None
        return {path: content for path, content in found.items() if path not in known}

    def steps(self, name: str, *args: object, **kwargs: object) -> list[str]:
        """Call a function, and return the steps it took: changes of files, and commits.

        How many there are, and their names, such as ``write out.csv`` or ``commit runs, tags``,
        are claims of the process that took them.
        """
        steps = self._ask(None, name, args, kwargs, keep=False, die_at=At(0)).get("steps")
        if type(steps) is not list or len(steps) > _MOST_STEPS:
            raise BadAnswer(f"`{name}` answered with a malformed message.")
        return [said(step) for step in steps]

    def killed_at(self, step: int | At, name: str, *args: object, **kwargs: object) -> Kill | None:
        """Call a function whose process is killed (SIGKILL) at a step, before it is done.

        The next call runs in a new process in the same folder, on the files as they were left.

        Parameters
        ----------
        step
            Its number, from 1, in the list of :meth:`steps`; or a step told by its name.

        Returns
        -------
        Kill or None
            None when the call ended before that step.
        """
        at = step if isinstance(step, At) else At(step)
        try:
            self._ask(None, name, args, kwargs, keep=False, die_at=at)
        except LearnerEnded:
            if not self._dialogue.killed:
                raise
            kill = Kill.between(self._dialogue.last_words)
            self._renew(self.folder)
            return kill
        return None

    def another(self, files: Mapping[str, bytes]) -> Learner:
        """Make a process like this one that runs other files, the course's own for instance.

        A function is looked for in one file after the other: what comes first goes first.

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
        if self._dialogue.loaded or self._dialogue.tested:
            self._renew()
        self._dialogue.tested = True
        question = Question.pose(
            "test",
            file=next(iter(self._task.files)),
            files=self._task.files,
            given=self._task.given,
            fixtures=fixtures,
        )
        reply = self._timed("The file of tests", question, Interview(model))
        return read_cases(reply["value"], raised)

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

    def _call_each(
        self, handle: int, name: str, inputs: Iterable[object], returns: type | None
    ) -> list[Any]:
        posed = (_pose_call(handle, name, (value,)) for value in inputs)
        answers, ahead = [], deque(islice(posed, 1))
        while ahead:
            question = ahead.popleft()
            reply = self._timed(
                f"`{name}`", question, meanwhile=lambda: ahead.extend(islice(posed, 1))
            )
            answers.append(expect_kind(name, reply["value"], returns))
        return answers

    def _ask(
        self,
        handle: int | None,
        name: str,
        args: tuple[object, ...],
        kwargs: Mapping[str, object],
        *,
        keep: bool,
        die_at: At | None = None,
        meanwhile: Callable[[], object] | None = None,
    ) -> dict[str, Any]:
        if self._dialogue.tested:
            self._renew()
        if not self._dialogue.loaded:
            load = Question.pose("load", files=self._task.files, given=self._task.given)
            self._dialogue.ask("The file", load, self._task.bounds.load)
            self._dialogue.loaded = True
        question = _pose_call(handle, name, args, kwargs, keep, die_at)
        return self._timed(f"`{name}`", question, meanwhile=meanwhile)

    def _in_folder(self, op: str, **entries: object) -> dict[str, Any]:
        question = Question.pose(op, **entries)
        return self._dialogue.ask("The folder", question, self._task.bounds.load)

    def _timed(
        self,
        what: str,
        question: Question,
        interview: Interview | None = None,
        meanwhile: Callable[[], object] | None = None,
    ) -> dict[str, Any]:
        seconds, started = min(self._task.call_seconds, self._left), time.monotonic()
        try:
            return self._dialogue.ask(what, question, seconds, interview, meanwhile)
        finally:
            self._left -= time.monotonic() - started


class Handle:
    """An object that lives in the learner process."""

    def __init__(self, learner: Learner, number: int, name: str) -> None:
        self._learner = learner
        self._number = number
        self._name = name

    def call(self, name: str, *args: object, returns: type | None = None, **kwargs: object) -> Any:
        """Call a method; see :meth:`Learner.call`."""
        return self._learner._call(self._number, name, args, kwargs, returns)

    def call_each(
        self, name: str, inputs: Iterable[object], *, returns: type | None = None
    ) -> list[Any]:
        """Call a method with one input after the other.

        The next input is made while the method works, and sent after its answer.
        """
        return self._learner._call_each(self._number, name, inputs, returns)


def _pose_call(
    handle: int | None,
    name: str,
    args: tuple[object, ...],
    kwargs: Mapping[str, object] = MappingProxyType({}),
    keep: bool = False,
    die_at: At | None = None,
) -> Question:
    return Question.pose(
        "call",
        handle=handle,
        name=name,
        args=list(args),
        kwargs=dict(kwargs),
        keep=keep,
        die_at=die_at and list(die_at),
    )
