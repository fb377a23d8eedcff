"""What can come back from a learner instead of an answer; each is an outcome."""

from __future__ import annotations

from workbench.results import Outcome


class Verdict(Exception):
    """Ends a check with an outcome and a message for the learner."""

    outcome = Outcome.ERROR

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class NotAttempted(Verdict):
    """The starter's NotImplementedError is still there."""

    outcome = Outcome.NOT_ATTEMPTED


class LearnerRaised(Verdict):
    """The learner's code raised an exception.

    Parameters
    ----------
    message
        The exception and the learner's own lines.
    kind
        Name of the exception's class.
    text
        What the exception says.
    """

    def __init__(self, message: str, kind: str = "", text: str = "") -> None:
        super().__init__(message)
        self.kind = kind
        self.text = text


class LearnerEnded(Verdict):
    """The learner's process ended in the middle of a call."""


class LearnerTimeout(Verdict):
    """A call took longer than it may."""

    outcome = Outcome.TIMEOUT


class LearnerMemory(Verdict):
    """The learner's code asked for more memory than it may have."""

    outcome = Outcome.MEMORY


class BadAnswer(Verdict):
    """The answer is not of the kind that the task asks for."""

    outcome = Outcome.FAILED
