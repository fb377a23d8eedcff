"""A judgement on a terminal: while it runs, and when it is there. Imports rich only."""

from __future__ import annotations

import itertools
import sys
from types import TracebackType
from typing import Self, TextIO

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.spinner import Spinner
from rich.text import Text

from workbench.course import Exercise
from workbench.reports.clean import plain_text
from workbench.reports.letters import spell_out
from workbench.reports.story import SYMBOLS, Entry, Means, next_step, tell, verdict
from workbench.results import CheckResult, Outcome, Result

_STYLES = {Outcome.PASSED: "green", Outcome.SKIPPED: "yellow", Outcome.NOT_ATTEMPTED: "yellow"}
_ASCII = str.maketrans({"✔": "+", "✘": "x", "○": "o", "│": "|"})
_WORD = len(Outcome.NOT_ATTEMPTED)
_NARROW = 60
_INDENT = "    "
_BAR = "    │ "
_MESSAGE_LINES = 30
_OUTPUT_LINES = 10


def console(stream: TextIO | None = None) -> Console:
    """Make the console of the command: no markup, no guessed highlights, no crash on a letter.

    ``NO_COLOR``, ``TERM`` and ``COLUMNS`` are respected. A letter that the stream's encoding
    lacks is spelled as it can be read.
    """
    target = stream or sys.stdout
    spell_out(target)
    return Console(file=target, markup=False, highlight=False, emoji=False)


class LiveChecks:
    """Show each check as it ends.

    On a terminal a spinner names the check that runs, and all is wiped at the end: the result
    tells it again. Elsewhere nothing could be wiped, and nothing is shown before the result.

    Parameters
    ----------
    exercise
        Its criteria name the checks to come.
    console
        Where to write.
    """

    def __init__(self, exercise: Exercise, console: Console) -> None:
        self._console = console
        self._criteria = exercise.criteria
        self._ended: list[CheckResult] = []
        moving = console.is_terminal and not console.is_dumb_terminal
        self._live = Live(console=console, transient=True) if moving else None

    def __enter__(self) -> Self:
        if self._live:
            self._live.start()
            self._live.update(self._progress(), refresh=True)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._live:
            self._live.update("")
            self._live.stop()

    def on_check(self, check: CheckResult) -> None:
        """Take the check that has just ended; give this to ``grade(on_check=...)``."""
        self._ended.append(check)
        if self._live:
            self._live.update(self._progress(), refresh=True)

    def _progress(self) -> RenderableType:
        done = [self._line(number, check) for number, check in enumerate(self._ended, start=1)]
        ended = {check.id for check in self._ended}
        running = next((c.title for c in self._criteria if c.id not in ended), "Scoring")
        dots = "line" if self._console.options.ascii_only else "dots"
        title = Text(plain_text(running))
        title.truncate(max(self._console.width - 2, 1), overflow="crop")  # one line, whatever wraps
        return Group(*done, Spinner(dots, title))

    def _line(self, number: int, check: CheckResult) -> Text:
        text = f"{SYMBOLS[check.outcome]} {check.outcome}: {plain_text(check.title)}"
        count = str(len(self._criteria))
        text = f"[{number:>{len(count)}}/{count}] {text}"
        return Text(_letters(text, self._console), no_wrap=True, overflow="crop")


def show_result(
    result: Result, exercise: Exercise, console: Console, means: Means | None = None
) -> None:
    """Write the verdict, a line for each check with what to mend, and the next step."""
    symbol, style = SYMBOLS[result.outcome], f"bold {_style(result.outcome)}"
    console.print(Text(_letters(f"{symbol} {verdict(result)}", console), style))
    about = f"{exercise.title}. Seed {result.seed}, {result.seconds:.1f} s."
    _paragraph(console, "  ", plain_text(about))
    console.print()
    digits = len(str(len(result.checks)))
    for waits_for, entries in itertools.groupby(tell(result, exercise), lambda e: e.waits_for):
        if waits_for:
            _show_waiting(list(entries), console)
        else:
            for entry in entries:
                _show_entry(entry, digits, console)
    console.print()
    _paragraph(console, "Next: ", next_step(result, exercise, means))


def _show_entry(entry: Entry, digits: int, console: Console) -> None:
    check = entry.check
    points = f"{check.points}/{check.max_points}" if check.max_points else ""
    head = f"{entry.number:>{digits}} {entry.symbol} {check.outcome:<{_WORD}} {points:>5}  "
    if console.width < _NARROW:
        console.print(Text(_letters(head.rstrip(), console), _style(check.outcome)))
        head = _INDENT
    _paragraph(console, head, check.title, _style(check.outcome))
    _paragraph(console, _INDENT, entry.note)
    if check.outcome is not Outcome.PASSED:
        _quote(console, _start(check.message))
        _paragraph(console, f"{_INDENT}Hint: ", check.hint)
        _paragraph(console, _INDENT, "Your code printed, at the end:" if check.output else "")
        _quote(console, _end(check.output))


def _show_waiting(entries: list[Entry], console: Console) -> None:
    """Write one line for checks in a row that wait for the same one: it is the one to look at."""
    first, last = entries[0], entries[-1]
    numbers = f"{first.number} to {last.number} wait" if last != first else f"{first.number} waits"
    points = sum(entry.check.max_points for entry in entries)
    worth = f"; {points} point{'s' * (points != 1)}" if points else ""
    text = f"{numbers} for check {first.waits_for}{worth}."
    _paragraph(console, f"{first.symbol} ", text, _style(first.check.outcome))


def _quote(console: Console, text: str) -> None:
    """Write text that is not ours behind a bar: it cannot pass for the verdict."""
    for line in text.splitlines():
        _paragraph(console, _BAR, line or " ", rest=_BAR)


def _paragraph(
    console: Console, head: str, body: str, style: str = "", rest: str | None = None
) -> None:
    """Write `head`, and `body` wrapped beside it; `rest` starts the other lines. Or nothing."""
    if not body:
        return
    rest = " " * len(head) if rest is None else rest
    width = max(console.width - len(head), 10)
    for line in Text(_letters(body, console)).wrap(console, width, tab_size=4):
        line.rstrip()
        console.print(Text(_letters(head, console), style) + line, soft_wrap=True)
        head = rest


def _start(message: str) -> str:
    lines = message.splitlines()
    more = f"(and {len(lines) - _MESSAGE_LINES} lines more)"
    return message if len(lines) <= _MESSAGE_LINES else "\n".join([*lines[:_MESSAGE_LINES], more])


def _end(output: str) -> str:
    return "\n".join(output.splitlines()[-_OUTPUT_LINES:])


def _style(outcome: Outcome) -> str:
    return _STYLES.get(outcome, "red")


def _letters(text: str, console: Console) -> str:
    return text.translate(_ASCII) if console.options.ascii_only else text
