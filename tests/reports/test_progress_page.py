from __future__ import annotations

from dataclasses import replace

from workbench.reports.progress_page import progress_page
from workbench.reports.works import works
from workbench.workspace.desk import Desk
from workbench.workspace.folder import make_workspace

from .outline import Outline


def test_it_tells_where_the_learner_is(progress_written) -> None:
    words = Outline(progress_written).words
    for told in (
        "exercises done 5 of 6",
        "points 38 of 72",
        "tries 5",
        "of work left, by the course's estimate 30 min",
        "Next: in work",
        'Guard a "weekly" batch.',
        "Look at check 2, edit suite.py, then run workbench check in_work.",
        "✔ passed 12/12 points 2 tries",
        "✔ passed, with the solution 12/12 points 1 try 30 min last attempt",
        "◇ given up 0/12 points 30 min",
        "◐ tried 2/12 points",
        "» tested out",
        "in_work comes next",
    ):
        assert told in words


def test_it_links_to_the_last_attempts(progress_written, half_way) -> None:
    links = Outline(progress_written).all("a")
    assert [link["href"] for link in links] == [
        f"{half_way[number].id}.html" for number in (4, 6, 8, 10)
    ]
    assert links[0]["aria-label"] == "Last attempt at first suite, 9 January 2026"


def test_an_untouched_workspace_has_one_too(desk, tmp_path) -> None:
    new = Desk(desk.course, make_workspace(tmp_path / "new"))
    words = Outline(progress_page(new, works((), new.course))).words
    assert "exercises done 0 of 6" in words
    assert "of work left, by the course's estimate 3 h" in words
    assert "`" not in words
    assert "workbench next shows its brief" in words
    assert words.count("not attempted") == 6


def test_the_end_is_told(desk, half_way, tmp_path) -> None:
    done = Desk(desk.course, make_workspace(tmp_path / "done"))
    won = [
        replace(
            half_way[3], exercise=exercise.id, id=exercise.id.encode().hex()[:32].ljust(32, "0")
        )
        for exercise in done.course
    ]
    for attempt in won:
        done.workspace.ledger.append(attempt)
    words = Outline(progress_page(done, works(won, done.course))).words
    assert "Every exercise is done workbench page portfolio writes" in words
    assert "0 min" in words


def test_the_name_of_a_workspace_stays_text(desk, hostile, tmp_path) -> None:
    name = "".join(letter for letter in hostile if letter not in "/\0%?")
    named = Desk(desk.course, replace(desk.workspace, root=tmp_path / name))
    outline = Outline(progress_page(named, works((), desk.course)))
    assert not outline.all("script")
    assert not outline.all("img")
    assert len(outline.all("h1")) == 1
