"""What holds for every page: of an attempt, of progress, the portfolio."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from workbench.reports.html import page

from .browser import CHROMIUM, Browser, browser
from .outline import Outline

KINDS = ("attempt", "progress", "portfolio")
SCHEMES = ("light", "dark")
AA, AA_LARGE = 4.5, 3.0

# Contrast of each visible text with the ground behind it, as WCAG 2.2 computes it.
CONTRASTS = """
(() => {
  const parse = colour => colour.match(/[0-9.]+/g).map(Number);
  const light = colour => {
    const [r, g, b] = parse(colour).map(v => v / 255)
      .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = element => {
    for (let e = element; e; e = e.parentElement) {
      const colour = getComputedStyle(e).backgroundColor;
      if ((parse(colour)[3] ?? 1) > 0) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || !element.checkVisibility()) continue;
    const style = getComputedStyle(element), size = parseFloat(style.fontSize);
    const [a, b] = [light(style.color), light(ground(element))].sort((a, b) => b - a);
    const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    found.push([texts.currentNode.data.trim(), (a + 0.05) / (b + 0.05), large]);
  }
  return found;
})()
"""
UNFOLD = "document.querySelectorAll('details').forEach(each => { each.open = true })"
FOCUSABLE = "[...document.querySelectorAll('a[href], summary, [tabindex]')]"
FOCUSED = f"""
(() => {{
  const style = getComputedStyle(document.activeElement);
  const place = {FOCUSABLE}.indexOf(document.activeElement);
  return [place, style.outlineStyle, parseFloat(style.outlineWidth)];
}})()
"""


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    if not CHROMIUM:
        pytest.skip("no Chromium on this machine")
    with browser(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.fixture(scope="module")
def files(pages: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    for name, document in pages.items():
        (folder / f"{name}.html").write_text(document, encoding="utf-8")
    return {name: folder / f"{name}.html" for name in pages}


@pytest.mark.parametrize("kind", KINDS)
def test_it_needs_nothing_but_itself(kind: str, pages: dict[str, str]) -> None:
    outline = Outline(pages[kind])
    assert all(a["src"].startswith("data:image/svg+xml;base64,") for a in outline.all("img"))
    assert not outline.all("script")
    assert not outline.all("link")
    assert not re.search(r"url\(|@import", pages[kind])
    assert len(pages[kind]) < 500_000


@pytest.mark.parametrize("kind", KINDS)
def test_its_addresses_lead_somewhere(kind: str, pages: dict[str, str]) -> None:
    outline = Outline(pages[kind])
    ids = [attributes["id"] for _, attributes in outline.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    for address in (a["href"] for a in outline.all("a")):
        assert re.fullmatch("[0-9a-f]{32}.html", address) or address.removeprefix("#") in ids
    named = {a["aria-labelledby"] for _, a in outline.tags if "aria-labelledby" in a}
    assert named <= set(ids)


@pytest.mark.parametrize("kind", KINDS)
def test_it_can_be_read_without_eyes(kind: str, pages: dict[str, str]) -> None:
    outline = Outline(pages[kind])
    assert outline.all("html")[0]["lang"] == "en"
    assert all(attributes["alt"] for attributes in outline.all("img"))
    levels = [int(tag[1]) for tag, _ in outline.tags if tag in {"h1", "h2", "h3"}]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert all("scope" in attributes for attributes in outline.all("th"))


@pytest.mark.parametrize("kind", KINDS)
class TestInABrowser:
    def test_nothing_is_fetched_and_nothing_amiss(
        self, kind: str, chromium: Browser, files: dict[str, Path]
    ) -> None:
        chromium.open(files[kind])
        outside = [r for r in chromium.requests if not r.startswith("data:image/svg+xml")]
        assert outside == [files[kind].as_uri()]
        assert chromium.complaints == []
        broken = "[...document.images].filter(each => !each.naturalWidth).length"
        assert chromium.run(broken) == 0

    def test_it_is_the_same_without_scripts(
        self, kind: str, chromium: Browser, files: dict[str, Path]
    ) -> None:
        chromium.open(files[kind])
        told = chromium.spoken()
        chromium.open(files[kind], scripts=False)
        assert chromium.spoken() == told
        roles = [role for role, _ in told]
        assert [roles.count(landmark) for landmark in ("banner", "main", "contentinfo")] == [1] * 3
        assert all(name for role, name in told if role in ("image", "link", "heading", "region"))

    @pytest.mark.parametrize("medium", ["screen", "print"])
    @pytest.mark.parametrize("scheme", SCHEMES)
    def test_its_texts_stand_out(
        self, kind: str, scheme: str, medium: str, chromium: Browser, files: dict[str, Path]
    ) -> None:
        chromium.open(files[kind], scheme=scheme)
        chromium.prefer(scheme, medium)
        chromium.run(UNFOLD)
        found = chromium.run(CONTRASTS)
        assert len(found) > 20
        weak = [each for each in found if each[1] < (AA_LARGE if each[2] else AA)]
        assert weak == []
        ground = chromium.run("getComputedStyle(document.body).backgroundColor")
        dark = scheme == "dark" and medium == "screen"
        assert ground == ("rgb(13, 17, 23)" if dark else "rgb(255, 255, 255)")

    def test_the_tabulator_leads_through_all_of_it(
        self, kind: str, chromium: Browser, files: dict[str, Path]
    ) -> None:
        chromium.open(files[kind])
        chromium.run(UNFOLD)
        total = chromium.run(f"{FOCUSABLE}.length")
        assert total > 0
        stops = []
        for _ in range(total):
            chromium.press_tab()
            stops.append(chromium.run(FOCUSED))
        assert [place for place, _, _ in stops] == list(range(total))
        assert all(style == "solid" and width >= 2 for _, style, width in stops)

    def test_a_narrow_window_does_not_scroll_sideways(
        self, kind: str, chromium: Browser, files: dict[str, Path]
    ) -> None:
        chromium.open(files[kind], width=320)
        chromium.run(UNFOLD)
        assert chromium.run("document.documentElement.scrollWidth") <= 320


def test_paper_has_what_a_screen_folds_away(chromium: Browser, files: dict[str, Path]) -> None:
    folded = "[...document.querySelectorAll('.checks')].filter(each => !each.checkVisibility())"
    chromium.open(files["portfolio"])
    assert chromium.run(f"{folded}.length") == 3
    chromium.prefer("light", "print")
    assert chromium.run(f"{folded}.length") == 0


def test_nothing_of_a_hostile_page_runs(
    everything_hostile, wrong, exercise, chromium: Browser, tmp_path: Path
) -> None:
    named = dict.fromkeys(("title", "message", "output"), everything_hostile)
    check = replace(wrong.checks[1], figures=(), **named)
    file = tmp_path / "hostile.html"
    file.write_text(page(wrong.but(checks=(check,)), exercise), encoding="utf-8")
    chromium.open(file)
    assert chromium.run("document.title") == f"{exercise.title}: 0 of 3 points"
    assert chromium.run("document.scripts.length + document.images.length") == 0
    assert chromium.run("document.body.innerText").count("owned") >= 2
    assert chromium.requests == [file.as_uri()]
    assert chromium.complaints == []
