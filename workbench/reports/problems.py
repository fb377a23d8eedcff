"""Faults in the learner's own lines, each on one line of its own, as editors read them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from workbench.course import Exercise
from workbench.judging.submission import SubmissionError
from workbench.reports.clean import plain_text
from workbench.results import CheckResult, Outcome, Result

PATTERN = r"^(.+?):(\d+): (error|info): (.+)$"
"""Path, line, severity and message, for Python and JavaScript alike."""

BEGINS, ENDS = "Judging", "Judged"

# as workbench.judging.answers lists the learner's frames, the innermost last
_FRAME = re.compile(r"^  (.+?), line (\d+): ", re.MULTILINE)


@dataclass(frozen=True)
class EditorLines:
    """Says what an editor reads of the judgements of an exercise.

    Parameters
    ----------
    folder
        Where the learner's files are.
    say
        Takes each line; it may be deaf.
    """

    exercise: Exercise
    folder: Path
    say: Callable[[str], object]

    def begin(self) -> None:
        """Say that a judgement begins: the faults that were told before are forgotten."""
        self.say(f"{BEGINS} {self.exercise.id}.")

    def end(self) -> None:
        """Say that no more comes of a judgement."""
        self.say(f"{ENDS} {self.exercise.id}.")

    def judged(self, result: Result) -> None:
        """Say where in the learner's code something kept a check from passing."""
        told = [self._of(check) for check in result.checks if check.outcome is not Outcome.PASSED]
        for line in dict.fromkeys(told):
            if line:
                self.say(line)

    def refused(self, problem: SubmissionError) -> None:
        """Say which line kept the files from being judged, if one did."""
        if problem.line:
            self.say(_line(self.folder / problem.file, problem.line, "error", str(problem)))

    def _of(self, check: CheckResult) -> str:
        own = [found for found in _FRAME.findall(check.message) if found[0] in self.exercise.submit]
        if not own:
            return ""
        file, number = own[-1]
        kind = "info" if check.outcome is Outcome.NOT_ATTEMPTED else "error"
        return _line(self.folder / file, number, kind, check.message)


def _line(path: Path, number: str | int, kind: str, message: str) -> str:
    first = plain_text(message).strip().partition("\n")[0]
    return f"{path}:{number}: {kind}: {first}"
