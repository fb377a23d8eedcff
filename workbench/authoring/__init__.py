"""The authoring API: all that a ``checks.py`` may import.

Suites stand apart, in ``workbench.authoring.suites``, because Great Expectations is slow to
import and only the exercises about validation need it.
"""

from workbench import scenarios
from workbench.authoring.criteria import criterion
from workbench.authoring.evidence import Evidence, Limits
from workbench.flights import calendar
from workbench.judging.learner import Handle, Learner
from workbench.judging.steps import At
from workbench.judging.tests_run import CaseOutcome, QuestionRefused
from workbench.judging.verdicts import BadAnswer, LearnerRaised
from workbench.scenarios import Stream, Truth, World, score_alarms

__all__ = [
    "At",
    "BadAnswer",
    "CaseOutcome",
    "Evidence",
    "Handle",
    "Learner",
    "LearnerRaised",
    "Limits",
    "QuestionRefused",
    "Stream",
    "Truth",
    "World",
    "calendar",
    "criterion",
    "scenarios",
    "score_alarms",
]
