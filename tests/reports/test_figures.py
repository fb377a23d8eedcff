import io
import re
import xml.etree.ElementTree as ET

import pytest
from matplotlib import image, rcParams

from workbench.reports.figures import FigureError, png, svg
from workbench.reports.tables import as_table
from workbench.results import Figure

INK, INK_IN_THE_DARK = "#24292f", "#e6edf3"
KINDS = ("timeline", "bars", "lines", "intervals", "matrix", "table")


@pytest.fixture(params=KINDS)
def figure(request, figures):
    return Figure(request.param, f"A {request.param} of <things>", figures[request.param])


def test_svg_is_well_formed_self_contained_and_the_same_each_time(figure):
    drawn = svg(figure)

    names = {element.tag.rpartition("}")[2] for element in ET.fromstring(drawn).iter()}
    links = re.findall(r'(?:href|src)="([^"]*)"', drawn)
    assert not names & {"script", "foreignObject", "image"}
    assert all(link.startswith("#") for link in links)
    assert drawn == svg(figure)
    assert not re.search(r"20\d\d-\d\d-\d\d", drawn), "no date"


def test_ink_follows_the_theme_of_the_page(figure):
    drawn = svg(figure)

    assert "prefers-color-scheme: dark" in drawn
    assert "currentColor" in drawn


def test_png_opens_on_a_white_ground(figure):
    pixels = image.imread(io.BytesIO(png(figure)), format="png")

    assert pixels.shape[1] > 1000
    assert (pixels[0, 0, :3] == 1).all()
    assert pixels[..., :3].min() < 0.3, "something is drawn"
    assert png(figure) == png(figure)


def test_the_reader_s_own_matplotlib_settings_change_nothing(figure):
    before = svg(figure)
    rcParams["font.size"], saved = 30, rcParams["font.size"]
    try:
        assert svg(figure) == before
        assert rcParams["font.size"] == 30, "and they are left alone"
    finally:
        rcParams["font.size"] = saved


def test_labels_are_text_and_nothing_else(hostile):
    data = {"labels": [hostile], "values": [1], "limit": None, "unit": hostile}

    names = {e.tag.rpartition("}")[2] for e in ET.fromstring(svg(Figure("bars", "t", data))).iter()}
    assert not names & {"script", "img", "h1", "image"}
    assert png(Figure("bars", hostile, data))


@pytest.mark.parametrize(
    ("kind", "data", "words"),
    [
        ("pie", {}, 'No figure is of kind "pie"; choose timeline, bars'),
        ("bars", {"labels": ["a"]}, "cannot be drawn: KeyError('values')"),
        ("bars", {"labels": ["a"], "values": [1, 2], "limit": None, "unit": ""}, "cannot be drawn"),
        ("timeline", {"weeks": [1], "active": [0], "alarms": [], "label": ""}, "cannot be drawn"),
        ("lines", {"x": "abc", "series": [], "x_label": "", "y_label": "", "limit": 0}, "drawn"),
    ],
)
def test_a_figure_that_cannot_be_drawn_is_explained_to_the_author(kind, data, words):
    for draw in (svg, png):
        with pytest.raises(FigureError) as raised:
            draw(Figure(kind, "title", data))
        assert words in str(raised.value)
    assert as_table(Figure(kind, "title", {})) is None


def test_empty_figures_are_drawn():
    empty = {
        "timeline": {"weeks": [], "active": [], "alarms": [], "label": "planted"},
        "bars": {"labels": [], "values": [], "limit": None, "unit": ""},
        "lines": {"x": [], "series": {}, "x_label": "", "y_label": "", "limit": None},
        "intervals": {"labels": [], "low": [], "mid": [], "high": [], "unit": ""},
        "matrix": {"rows": ["a"], "columns": ["b"], "values": [[None]]},
    }
    for kind, data in empty.items():
        assert svg(Figure(kind, "nothing", data))


@pytest.mark.parametrize("ground", ["#ffffff", "#0d1117"])
@pytest.mark.parametrize("kind", ["timeline", "bars", "lines", "intervals"])
def test_colours_stand_out_in_light_and_dark(kind, ground, figures):
    drawn = svg(Figure(kind, "title", figures[kind])).replace(INK, "").replace(INK_IN_THE_DARK, "")

    for colour in re.findall("#[0-9a-f]{6}", drawn):
        lighter, darker = sorted((luminance(colour), luminance(ground)), reverse=True)
        assert (lighter + 0.05) / (darker + 0.05) >= 3, "WCAG 2.2, 1.4.11"


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_each_kind_has_a_table(figure):
    table = as_table(figure)

    assert table.rows
    assert {len(row) for row in table.rows} == {len(table.columns)}


def test_table_of_lines_says_what_is_undefined(figures):
    table = as_table(Figure("lines", "PSI", figures["lines"]))

    assert table.columns == ("week", "distance", "hour")
    assert table.rows == (
        ("1", "0.1", "0.2"),
        ("2", "undefined", "0.2"),
        ("3", "0.3", "0.2"),
        ("limit", "0.25", "0.25"),
    )
