import subprocess
import sys
from dataclasses import replace

import pytest

from workbench.reports.clean import plain_text
from workbench.reports.html import page
from workbench.results import Figure

from .outline import Outline


def test_page_tells_everything(written):
    text = Outline(written).text

    for words in (
        "Not yet: 2 of 12 points.",
        "The suite let 3 of 3 corrupted weeks pass",
        "Which expectation bounds the mean of a column?",
        "mean 1672.4",
        "The same message as check 3.",
        "Waits for check 2.",
        "undefined",
        "2013",
        "process",
        "2026-01-05 10:00:00 UTC",
        "3.1.1",
        'No figure is of kind "pie"',
    ):
        assert words in text


def test_each_picture_has_its_data_as_a_table(written, figures):
    assert len(Outline(written).all("table")) >= 2 + len(figures)


@pytest.mark.parametrize("field", ["title", "message", "hint", "output"])
def test_hostile_text_stays_text(hostile, field, wrong, exercise):
    plain = replace(wrong.checks[1], figures=())
    harmless = page(wrong.but(checks=(replace(plain, **{field: "x"}),)), exercise)
    harmful = page(wrong.but(checks=(replace(plain, **{field: f"x{hostile}"}),)), exercise)

    assert Outline(harmful).tags == Outline(harmless).tags
    assert plain_text(hostile).strip("\n") in Outline(harmful).text


def test_hostile_names_stay_text(hostile, wrong, exercise):
    figure = Figure("table", hostile, {"columns": [hostile], "rows": [[hostile]]})
    check = replace(wrong.checks[1], numbers={hostile: 1.0}, figures=(figure,))
    outline = Outline(page(wrong.but(checks=(check,)), exercise, {hostile: hostile}))

    assert not outline.all("script")
    assert not outline.all("img")
    assert len(outline.all("h1")) == 1


def test_an_exercise_that_is_gone_still_has_a_page(wrong):
    assert "first_suite" in Outline(page(wrong, None)).text


def test_neither_pandas_nor_mlflow_is_imported():
    script = (
        "import sys, workbench.reports.html; "
        "print({m.split('.')[0] for m in sys.modules} & {'pandas', 'mlflow', 'sklearn'})"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert ran.stdout.strip() == "set()"
