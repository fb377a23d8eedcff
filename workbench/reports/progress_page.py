"""The page of a workspace: how far the learner is, and what comes next."""

from __future__ import annotations

from datetime import UTC, datetime

from workbench.reports.rendering import render
from workbench.reports.story import next_step
from workbench.reports.works import StageWork, Work
from workbench.workspace.desk import Desk


def progress_page(desk: Desk, stages: tuple[StageWork, ...]) -> str:
    """Write the page; each exercise links to ``ATTEMPT.html``, its last attempt, beside it."""
    each = [work for stage in stages for work in stage.works]
    open_ = [work for work in each if not work.progress.done]
    following = next((work for work in each if work.exercise is desk.next), None)
    return render(
        "progress.html",
        place=desk.workspace.root.name,
        now=datetime.now(UTC),
        stages=stages,
        done=len(each) - len(open_),
        total=len(each),
        points=sum(work.progress.best for work in each),
        max_points=sum(work.progress.max for work in each),
        minutes_left=sum(work.exercise.minutes for work in open_),
        tries=sum(work.tries for work in each),
        following=following,
        step=_step(following) if following else "",
    )


def _step(work: Work) -> str:
    """Say what to do now, as the last attempt's page does."""
    if work.tries and work.last and work.last.result:
        return next_step(work.last.result, work.exercise)
    return "`workbench next` shows its brief, `workbench watch` judges what you save."
