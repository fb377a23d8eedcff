"""The loop of ``watch``: a save or a word comes in, a verdict goes out."""

from __future__ import annotations

import queue
from collections import deque
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass

from rich.columns import Columns
from rich.console import Console

from workbench.cli.faults import about
from workbench.cli.feedback import offer_hint, praise_stage
from workbench.cli.screens import show_brief, show_course, show_markdown, show_stages, show_verdict
from workbench.course import Course, Exercise
from workbench.hints import open_hint
from workbench.judging import PRACTICE_SEED
from workbench.judging.submission import SubmissionError
from workbench.practice import Draft, NotRecorded, draft, record_later
from workbench.reports.pages import PageError, show_page, write_page
from workbench.reports.problems import EditorLines
from workbench.reports.story import Means
from workbench.reports.terminal import LiveChecks
from workbench.results import CheckResult, Result
from workbench.watching.judge import Told, WarmJudge
from workbench.watching.saves import Saves
from workbench.watching.words import is_keyboard, listen
from workbench.workspace.delivery import start_over
from workbench.workspace.desk import Desk
from workbench.workspace.folder import Workspace, WorkspaceError

_LOOK = 0.1  # seconds between two looks at the files
_LOOK_AGAIN = 0.05  # after a save
_KEYS = ("h hint", "n next", "l list", "r reset", "o open the page", "c check", "q quit")
_WORDS = "Say check, hint, next, list, reset, open or quit."


def watch(desk: Desk, exercise: Exercise, console: Console, problems: bool = False) -> None:
    """Judge an exercise's files as they are saved, until the learner quits.

    Without a keyboard, when a line asks for it.

    Parameters
    ----------
    problems
        Also write what an editor reads: when a judgement begins and ends, and a line for each
        fault that has a place in the learner's code.
    """
    with ExitStack() as stack:
        _Watch(desk.course, desk.workspace, console, stack, problems).run(exercise)


@dataclass(frozen=True)
class _Judgement:
    """A judgement that runs: its draft, its live display, and what ends both."""

    draft: Draft
    shown: LiveChecks
    stack: ExitStack


class _Watch:
    """The state of the loop: which exercise, its files, its judge, and what runs."""

    def __init__(
        self,
        course: Course,
        workspace: Workspace,
        console: Console,
        stack: ExitStack,
        problems: bool,
    ) -> None:
        self._course = course
        self._workspace = workspace
        self._console = console
        self._stack = stack
        self._problems = problems
        self._keyboard = is_keyboard()
        self._events: queue.SimpleQueue[str | Told] = queue.SimpleQueue()
        self._later: deque[str] = deque()
        self._running: _Judgement | None = None
        self._judge: WarmJudge | None = None
        self._asking = False
        self._ended = False

    @property
    def _desk(self) -> Desk:
        """The desk as it is now: each judgement and each hint changes it."""
        return Desk(self._course, self._workspace)

    def run(self, exercise: Exercise) -> None:
        """Take what comes until it is time to quit."""
        self._stack.callback(self._leave)
        self._stack.enter_context(listen(self._events.put, self._keyboard))
        self._turn_to(exercise)
        while not self._ended:
            event = self._wait()
            if isinstance(event, Told):
                self._hear(event)
            elif event is not None:
                self._obey(event)
            elif self._keyboard and self._saves.seen():
                self._check()

    def _wait(self) -> str | Told | None:
        """Wait for what comes next; None when it is time to look at the files."""
        if self._later and not self._running:
            return self._later.popleft()
        try:
            return self._events.get(timeout=_LOOK_AGAIN if self._saves.unsettled else _LOOK)
        except queue.Empty:
            return None

    def _obey(self, word: str) -> None:
        if self._running and not self._keyboard:
            self._later.append(word)  # a program says all it has to say at once
            return
        if self._asking:
            self._answer(word)
            return
        deeds = {
            "check": self._check,
            "hint": self._hint,
            "next": self._next,
            "list": lambda: show_course(self._course, self._desk.progress, self._console),
            "reset": self._ask_for_reset,
            "open": self._open,
            "quit": self._quit,
        }
        deed = deeds.get(word)
        if deed:
            self._try(deed)
        elif not self._keyboard:
            self._say(f'"{word}" is not known. {_WORDS}')

    def _try(self, deed: Callable[[], None]) -> None:
        """Do it; what the learner can mend is a sentence, and the loop goes on."""
        try:
            deed()
        except SubmissionError as problem:
            self._say(str(problem))
            self._editor.refused(problem)
        except (WorkspaceError, PageError, NotRecorded) as problem:
            self._say(str(problem))
        except OSError as problem:
            self._say(about(problem))

    def _turn_to(self, exercise: Exercise) -> None:
        """Watch an exercise, with a judge of its own."""
        self._abandon()
        if self._judge:
            self._judge.close()
        self._exercise = exercise
        folder = self._workspace.folder(exercise)
        self._editor = EditorLines(exercise, folder, self._say if self._problems else _keep_quiet)
        self._saves = Saves([folder / name for name in exercise.submit])
        log = self._workspace.home / "watch.log"
        self._judge = WarmJudge(exercise, log, self._events.put)
        files = " and ".join(exercise.submit)
        todo = "save it, and it is judged" if self._keyboard else "say check, and it is judged"
        self._say(f"Watching {exercise.id}: edit {files} in {folder}; {todo}.")
        following = self._desk.next
        if self._desk.progress[exercise.id].state == "passed" and following:
            self._say(f"It is passed already. {self._name('next')} goes on to {following.id}.")
        self._show_foot()

    def _check(self) -> None:
        """Judge what is there now; what is being judged is given up for it."""
        if self._running:
            self._say("What was saved meanwhile is judged instead.")
        self._abandon()
        self._saves.settle()
        self._editor.begin()
        self._try(self._begin)
        if not self._running:
            self._editor.end()

    def _begin(self) -> None:
        assert self._judge is not None
        with ExitStack() as stack:
            drafted = stack.enter_context(draft(self._workspace, self._exercise))
            shown = stack.enter_context(LiveChecks(self._exercise, self._console))
            self._judge.ask(drafted.folder, PRACTICE_SEED, self._workspace.logged(self._exercise))
            self._running = _Judgement(drafted, shown, stack.pop_all())

    def _abandon(self) -> None:
        """Give up the judgement that runs: it is as if it had not been."""
        if self._running:
            assert self._judge is not None
            self._judge.abandon()
            self._stop()

    def _stop(self) -> None:
        assert self._running is not None
        running, self._running = self._running, None
        running.stack.close()

    def _hear(self, told: Told) -> None:
        """Take an answer of the judge; those of an abandoned one mean nothing."""
        if not self._running or not self._judge or not self._judge.is_speaking(told):
            return
        if "check" in told.document:
            self._running.shown.on_check(CheckResult.from_record(told.document["check"]))
        elif "result" in told.document:
            result = Result.from_record(told.document["result"])
            self._try(lambda: self._conclude(result))
        else:
            self._stop()
            self._editor.end()
            self._say(f"The judge has ended; nothing is recorded: {self._judge.last_words}")
            self._say("Run `workbench doctor`, or judge again.")

    def _conclude(self, result: Result) -> None:
        """Write the attempt down, then show the verdict: as ``check`` does."""
        assert self._running is not None
        try:
            self._running.draft.record(result)
        finally:
            self._stop()
            if self._keyboard:
                self._console.rule(self._exercise.id, style="dim")
            show_verdict(result, self._exercise, self._console, self._means)
            self._editor.judged(result)
            self._editor.end()
        reason = record_later(self._workspace)
        if reason:
            self._say(f"Earlier attempts were not told to MLflow, which is tried again: {reason}")
        desk = self._desk
        self._say(offer_hint(self._workspace.ledger, self._exercise, self._name("hint")))
        if result.exit_status == 0:
            self._console.print()
            self._say(praise_stage(desk, self._exercise))
        if result.exit_status == 0 and desk.next:
            self._say(f"What follows: {desk.next.id}, about {desk.next.minutes} minutes.")
        self._show_foot()

    def _hint(self) -> None:
        show_markdown(open_hint(self._desk, self._exercise), self._console)

    def _next(self) -> None:
        exercise = self._desk.next
        if exercise is None:
            self._say(
                "Every exercise is done. `workbench page portfolio` shows the way that you went."
            )
            return
        show_brief(self._workspace, exercise, self._console)
        if exercise.id != self._exercise.id:
            self._turn_to(exercise)

    def _ask_for_reset(self) -> None:
        self._asking = True
        how = "y for yes, another key for no" if self._keyboard else "yes or no"
        self._say(f"Replace your files of {self._exercise.id} by the starter? ({how})")

    def _answer(self, word: str) -> None:
        self._asking = False
        if word in ("yes", "y"):
            self._try(self._reset)
        else:
            self._say("Nothing was changed.")
            self._ended = word == "quit"

    def _reset(self) -> None:
        self._abandon()
        kept = start_over(self._workspace, self._exercise)
        self._saves.settle()
        self._say(f"The starter of {self._exercise.id} is back; your files are kept in {kept}.")

    def _open(self) -> None:
        made = self._workspace.ledger.latest(self._exercise.id, 1)
        if not made:
            self._say(f"{self._exercise.id} has not been judged yet: there is no page.")
            return
        page = write_page(self._workspace, made[0].id)
        shown = "is open in your browser" if show_page(page) else "can be opened in a browser"
        self._say(f"The page of the last attempt {shown}: {page}")

    def _quit(self) -> None:
        self._ended = True

    def _leave(self) -> None:
        """End what runs; nothing stays."""
        if self._running:
            self._stop()
        if self._judge:
            self._judge.close()

    def _show_foot(self) -> None:
        show_stages(self._desk, self._exercise, self._console)
        if self._keyboard:
            self._console.print(Columns(_KEYS, padding=(0, 2, 0, 0)))
        else:
            self._say(_WORDS)

    @property
    def _means(self) -> Means:
        judge = "save it" if self._keyboard else "say check"
        return Means(judge, self._name("hint"), self._name("next"))

    def _name(self, word: str) -> str:
        return f"Key {word[0]}" if self._keyboard else f'The word "{word}"'

    def _say(self, sentence: str) -> None:
        if sentence:
            self._console.print(sentence, soft_wrap=True)


def _keep_quiet(_: str) -> None:
    pass
