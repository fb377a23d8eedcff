from __future__ import annotations

from dataclasses import replace

import pytest

from workbench import __version__
from workbench.reports.portfolio_page import portfolio_page
from workbench.reports.works import works

from .outline import Outline


@pytest.fixture(scope="module")
def told(half_way, desk):
    return portfolio_page(works(half_way, desk.course), "Ada Lovelace")


def test_it_tells_what_was_passed_and_how(told) -> None:
    words = Outline(told).words
    for said in (
        "Ada Lovelace 3 of 6 exercises passed, from 8 January 2026 to 15 January 2026.",
        "exercises passed 3 of 6",
        "passed at the first try 1",
        "hints opened before a pass 1",
        "passed after reading a solution 1",
        "given up 1",
        'Guard a "weekly" batch.',
        "8 January 2026 12 of 12 points 2 tries 1 hint opened",
        "11 January 2026 12 of 12 points 1 try no hints a solution was read before the pass",
        "5 checks passed, and what was measured",
        "Distances that switch from miles to kilometres are reported. psi: 3.142 (limit 9)",
        f"Judged with workbench {__version__}, Python 3.",
        "pandas 3.",
        "great-expectations 1.",
        "seed 2013.",
        f"SHA-256 of suite.py: {'0' * 64}.",
        "Judged by a version that was not noted",
    ):
        assert said in words


def test_it_is_honest(told) -> None:
    words = Outline(told).words
    assert "The learner's own ledger" in words
    assert "It is not a certificate" in words
    begun = words.partition("Begun, and not passed")[2]
    for said in (
        "left alone ◇ given up 0/12 points 0 tries 0 hints",
        "in work ◐ tried 2/12 points 1 try",
        "stood for » tested out",
        "Given up: a solution was read instead.",
        "Tested out: the stage's last exercise was passed",
    ):
        assert said in begun


def test_each_figure_is_there_once_with_its_text(told) -> None:
    images = Outline(told).all("img")
    titles = "Distances that switch from miles to kilometres are reported. A "
    assert {image["alt"].partition(". The same")[0] for image in images} == {
        f"{titles}{kind}" for kind in ("timeline", "bars", "lines", "intervals", "matrix")
    }
    assert "3 more figures" not in told
    assert "4 more figures" in told  # the one that cannot be drawn says so


def test_what_is_the_learners_alone_stays_out(told) -> None:
    for private in ("mean 1672.4", "The suite let 3 of 3", "Which expectation bounds"):
        assert private not in told


def test_limits_of_another_workbench_are_not_told(half_way, desk) -> None:
    older = [
        replace(a, details={"versions": {"workbench": "0.0.1", "Python": "3.11.2"}})
        for a in half_way
        if a.result
    ]
    words = Outline(portfolio_page(works(older, desk.course))).words
    assert "psi: 3.142" in words
    assert "(limit 9)" not in words
    assert "Judged with workbench 0.0.1, Python 3.11.2, seed" in words


@pytest.mark.parametrize("odd", [["x"], "x", None, 3, {}])
def test_odd_versions_are_none(half_way, desk, odd) -> None:
    made = [replace(half_way[3], details={"versions": odd})]
    assert "a version that was not noted" in portfolio_page(works(made, desk.course))


def test_nothing_passed_is_told_so(desk) -> None:
    words = Outline(portfolio_page(works((), desk.course))).words
    assert "Portfolio No exercise has been passed yet." in words
    assert "6 exercises of the course have not been begun." in words
    assert "Begun, and" not in words


def test_a_hostile_name_stays_text(hostile, desk) -> None:
    outline = Outline(portfolio_page(works((), desk.course), hostile))
    assert not outline.all("script")
    assert not outline.all("img")
    assert len(outline.all("h1")) == 1


def test_a_name_keeps_its_joiners_and_nothing_else_that_is_hidden(desk) -> None:
    page = portfolio_page(works((), desk.course), " \u0645\u06cc\u200c\u0645 \u202eAda\n Lovelace ")
    assert "<bdi>\u0645\u06cc\u200c\u0645 \\u202eAda Lovelace</bdi>" in page
