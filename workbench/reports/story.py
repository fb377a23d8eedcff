"""What the terminal and the page tell alike: the verdict, each check, the next step."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from workbench.course import Exercise
from workbench.reports.clean import plain_text
from workbench.results import CheckResult, Outcome, Result

# Beside each symbol stands its word: none carries the meaning alone.
SYMBOLS = {
    Outcome.PASSED: "✔",
    Outcome.FAILED: "✘",
    Outcome.NOT_ATTEMPTED: "○",
    Outcome.ERROR: "!",
    Outcome.TIMEOUT: "!",
    Outcome.MEMORY: "!",
    Outcome.SKIPPED: "-",
    Outcome.NOT_RUN: "-",
    Outcome.GRADER_ERROR: "?",
}


@dataclass(frozen=True)
class Entry:
    """One check, ready to be shown: its texts are plain, what was said before is left out.

    Parameters
    ----------
    number
        Place in the exercise, from 1.
    check
        With ``message``, ``hint`` and ``output`` emptied where an earlier entry has the same.
    note
        Where the emptied message stands, or which check this one waits for.
    waits_for
        Number of that check; 0 for a check that ran.
    """

    number: int
    check: CheckResult
    note: str = ""
    waits_for: int = 0

    @property
    def symbol(self) -> str:
        """Symbol of the outcome."""
        return SYMBOLS[self.check.outcome]


def tell(result: Result, exercise: Exercise | None) -> tuple[Entry, ...]:
    """Lay out the checks of a result, in the exercise's order.

    Parameters
    ----------
    exercise
        Names what a skipped check waits for; None when the course no longer has it.
    """
    requires = {c.id: c.requires for c in exercise.criteria} if exercise else {}
    numbers = {check.id: number for number, check in enumerate(result.checks, start=1)}
    said: dict[tuple[str, str], int] = {}
    entries = []
    for number, check in enumerate(map(_plain, result.checks), start=1):
        waits_for = numbers.get(requires.get(check.id) or "")
        if check.outcome is Outcome.SKIPPED and waits_for:
            note = f"Waits for check {waits_for}."
            entries.append(Entry(number, _silent(check), note, waits_for))
        else:
            entries.append(_without_repeats(number, check, said))
    return tuple(entries)


def verdict(result: Result) -> str:
    """Say in one sentence how it went."""
    points = f"{result.score} of {result.max_score} points."
    return {
        Outcome.PASSED: f"Passed: {points}",
        Outcome.NOT_ATTEMPTED: f"Not attempted yet: {points}",
        Outcome.GRADER_ERROR: "Not judged: the fault is the workbench's, not yours.",
    }.get(result.outcome, f"Not yet: {points}")


@dataclass(frozen=True)
class Means:
    """How the learner goes on from here: by commands, by keys, or by words.

    Parameters
    ----------
    judge
        What has the work judged, as an order.
    hint, next
        What opens a hint, and the next exercise.
    """

    judge: str
    hint: str
    next: str


def commands(exercise: Exercise) -> Means:
    """Return the commands, which work anywhere."""
    name = exercise.id
    return Means(f"run `workbench check {name}`", f"`workbench hint {name}`", "`workbench next`")


def next_step(result: Result, exercise: Exercise, means: Means | None = None) -> str:
    """Say what to do now."""
    file, means = exercise.submit[0], means or commands(exercise)
    first = next((n for n, c in enumerate(result.checks, 1) if _to_mend(c)), 1)
    return {
        Outcome.PASSED: f"{means.next} opens what follows; `workbench solution {exercise.id}` "
        "shows another way.",
        Outcome.NOT_ATTEMPTED: f"Replace the NotImplementedError in {file}, then {means.judge}.",
        Outcome.GRADER_ERROR: "Run `workbench doctor`. If it finds nothing, report the message "
        "above; your attempt is kept.",
    }.get(
        result.outcome,
        f"Look at check {first}, edit {file}, then {means.judge}. Stuck? {means.hint} helps.",
    )


def _plain(check: CheckResult) -> CheckResult:
    return replace(
        check,
        title=plain_text(check.title),
        message=plain_text(check.message).strip("\n"),
        hint=plain_text(check.hint).strip("\n"),
        output=plain_text(check.output).strip("\n"),
    )


def _silent(check: CheckResult) -> CheckResult:
    return replace(check, message="", hint="", output="")


def _without_repeats(number: int, check: CheckResult, said: dict[tuple[str, str], int]) -> Entry:
    """Empty the texts that an earlier check has; `said` maps each text to its first check."""
    texts = {name: getattr(check, name) for name in ("message", "hint", "output")}
    first = {name: said.setdefault((name, text), number) for name, text in texts.items() if text}
    again: dict[str, Any] = {name: "" for name, earlier in first.items() if earlier != number}
    told = "message" in again and check.outcome is not Outcome.NOT_ATTEMPTED
    note = f"The same message as check {first['message']}." if told else ""
    return Entry(number, replace(check, **again), note)


def _to_mend(check: CheckResult) -> bool:
    return check.outcome not in {Outcome.PASSED, Outcome.SKIPPED, Outcome.NOT_RUN}
