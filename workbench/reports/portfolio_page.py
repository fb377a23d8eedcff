"""The page that a learner can show: what was passed, how, and what that is worth."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from markupsafe import Markup

from workbench import __version__
from workbench.course import Limit
from workbench.reports.clean import plain_text
from workbench.reports.rendering import Picture, picture, render
from workbench.reports.works import StageWork, Work
from workbench.results import CheckResult
from workbench.workspace.attempts import Attempt
from workbench.workspace.versions import judged_with

_SHOWN = 2  # figures of an exercise; the others fold away
_JOINERS = "\u200c\u200d"  # parts of names in Persian or Hindi, and of no harm in a page


@dataclass(frozen=True)
class Piece:
    """An exercise that was passed, ready to be shown.

    Parameters
    ----------
    versions
        Empty for an attempt that kept none.
    limits
        By the name of the number that they judge; empty when another workbench was the judge,
        whose limits may have been others.
    """

    work: Work
    won: Attempt
    checks: tuple[CheckResult, ...]
    pictures: tuple[Picture, ...]
    versions: Mapping[str, str]
    limits: Mapping[str, Limit]

    @property
    def shown(self) -> tuple[Picture, ...]:
        """The figures that are seen at once."""
        return self.pictures[:_SHOWN]

    @property
    def folded(self) -> tuple[Picture, ...]:
        """The other figures."""
        return self.pictures[_SHOWN:]


def portfolio_page(stages: tuple[StageWork, ...], name: str = "") -> str:
    """Write the page.

    Parameters
    ----------
    name
        The learner's, as it should read; may be empty.
    """
    each = [work for stage in stages for work in stage.works]
    passed = [work for work in each if work.won]
    return render(
        "portfolio.html",
        name=_readable(name),
        now=datetime.now(UTC),
        stages=stages,
        pieces={stage.stage.id: [*map(_piece, stage.passed)] for stage in stages},
        each=each,
        passed=passed,
        others=[work for work in each if not work.won and work.kind != "not-attempted"],
        at_once=sum(work.tries == 1 and not work.progress.gave_up for work in passed),
        days=sorted(work.won.time for work in passed if work.won),
        helped=sum(work.progress.gave_up for work in passed),
        points=sum(work.progress.best for work in each),
        max_points=sum(work.progress.max for work in each),
    )


def _piece(work: Work) -> Piece:
    won = work.won
    assert won is not None, "only what was passed is shown"
    assert won.result is not None, "only checks pass"
    versions = judged_with(won)
    same = versions.get("workbench") == __version__
    return Piece(
        work=work,
        won=won,
        checks=won.result.checks,
        pictures=tuple(_pictures(won.result.checks)),
        versions=versions,
        limits=work.exercise.limits if same else {},
    )


def _pictures(checks: tuple[CheckResult, ...]) -> Iterator[Picture]:
    """Draw what can be seen, each title once, of the weightiest checks first; not the tables."""
    seen = set()
    for check in sorted(checks, key=lambda check: -check.max_points):
        for figure in check.figures:
            if figure.kind != "table" and figure.title not in seen:
                seen.add(figure.title)
                yield picture(figure, check.title)


def _readable(name: str) -> Markup:
    """Clean a name, and leave it its joiners."""
    parts = re.split(f"([{_JOINERS}])", " ".join(name.split()))
    return Markup().join(part if part in _JOINERS else plain_text(part) for part in parts)
