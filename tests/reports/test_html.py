import os
import shutil
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from matplotlib import image

from workbench.reports.clean import plain_text
from workbench.reports.html import page
from workbench.results import Figure

VOID = {"meta", "img", "br", "link", "input", "hr"}
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)
needs_chromium = pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine")


class Outline(HTMLParser):
    """Reads a page strictly: every element is closed, in order; keeps tags, ids, text."""

    def __init__(self, text):
        super().__init__()
        self.open, self.tags, self.text = [], [], ""
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data

    def all(self, name):
        return [attributes for tag, attributes in self.tags if tag == name]


@pytest.fixture(scope="module")
def rich(wrong, figures):
    """A wrong answer with a figure of each kind, and one that cannot be drawn."""
    drawn = tuple(Figure(kind, f"A {kind}", data) for kind, data in figures.items())
    failed = replace(wrong.checks[1], figures=(*drawn, Figure("pie", "A pie", {})))
    return wrong.but(checks=(wrong.checks[0], failed, *wrong.checks[2:]))


@pytest.fixture(scope="module")
def written(rich, exercise):
    return page(rich, exercise, {"Time": "2026-01-05 10:00:00 UTC", "pandas": "3.1.1"})


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


def test_page_needs_nothing_but_itself(written):
    outline = Outline(written)
    addresses = [a.get("src") or a.get("href") for _, a in outline.tags if {"src", "href"} & set(a)]

    assert all(address.startswith(("data:image/svg+xml;base64,", "#")) for address in addresses)
    assert not outline.all("script")
    assert not outline.all("link")
    assert len(written) < 500_000


def test_page_can_be_read_without_eyes(written):
    outline = Outline(written)

    assert outline.all("html")[0]["lang"] == "en"
    assert all(attributes["alt"] for attributes in outline.all("img"))
    levels = [int(tag[1]) for tag, _ in outline.tags if tag in {"h1", "h2", "h3"}]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert all("scope" in attributes for attributes in outline.all("th"))
    ids = [attributes["id"] for _, attributes in outline.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {a["href"][1:] for a in outline.all("a")} <= set(ids)


def test_each_picture_has_its_data_as_a_table(written, figures):
    assert len(Outline(written).all("table")) >= 2 + len(figures)


@pytest.mark.parametrize("field", ["title", "message", "hint", "output"])
def test_hostile_text_stays_text(hostile, field, wrong, exercise):
    harmless = page(wrong.but(checks=(replace(wrong.checks[1], **{field: "x"}),)), exercise)
    harmful = page(
        wrong.but(checks=(replace(wrong.checks[1], **{field: f"x{hostile}"}),)), exercise
    )

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


@needs_chromium
@pytest.mark.parametrize(("scheme", "ground"), [("light", (255, 255, 255)), ("dark", (13, 17, 23))])
def test_page_is_shown_in_light_and_dark(scheme, ground, written, tmp_path):
    shot = tmp_path / f"{scheme}.png"
    preference = {"dark": 0, "light": 1}[scheme]
    chromium(
        tmp_path,
        written,
        f"--screenshot={shot}",
        f"--blink-settings=preferredColorScheme={preference}",
        "--window-size=1000,2600",
    )
    pixels = (image.imread(shot)[..., :3] * 255).round().astype(int)

    assert tuple(pixels[2, 2]) == ground
    assert (abs(pixels - ground).max(axis=2) > 100).mean() > 0.01, "there is ink on it"


@needs_chromium
def test_a_browser_runs_nothing_of_a_hostile_page(everything_hostile, wrong, exercise, tmp_path):
    check = replace(
        wrong.checks[1], **dict.fromkeys(("title", "message", "output"), everything_hostile)
    )
    document = chromium(tmp_path, page(wrong.but(checks=(check,)), exercise), "--dump-dom")

    assert "<title>Write the first expectation suite: 0 of 3 points</title>" in document
    assert "<script" not in document
    assert Outline(document).text.count("owned") >= 2


def chromium(folder: Path, document: str, *options: str) -> str:
    (folder / "attempt.html").write_text(document, encoding="utf-8")
    root = ["--no-sandbox"] if os.name == "posix" and os.geteuid() == 0 else []
    profile = f"--user-data-dir={folder / 'profile'}"
    quiet = ["--headless", "--disable-gpu", "--hide-scrollbars", *root, profile]
    command = [CHROMIUM, *quiet, *options, (folder / "attempt.html").as_uri()]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=300).stdout
