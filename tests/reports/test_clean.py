import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.reports.clean import plain_text

ILLEGAL_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def acting(text):
    """Characters of a text that act, hide or cannot be in a document."""
    hidden = [c for c in text if unicodedata.category(c) in HIDDEN and c not in "\t\n"]
    return hidden + ILLEGAL_IN_XML.findall(text)


def test_hostile_text_holds_nothing_that_acts_or_hides(hostile):
    shown = plain_text(hostile)

    assert not ILLEGAL_IN_XML.search(shown)
    assert all(
        unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Zl", "Zp"} or c in "\t\n" for c in shown
    )


@given(st.text(st.characters(), max_size=200))
def test_any_text_becomes_plain_and_stays_so(text):
    shown = plain_text(text)

    assert plain_text(shown) == shown
    assert not acting(shown)


@pytest.mark.parametrize(
    "text",
    [
        "def f(x):\n\treturn x\n",
        "Zürich, 東京, مطار, क्षेत्र",
        "naïve cafe\u0301",
        "{'a': [1.0, None]}",
        "🛫 ✔",
    ],
)
def test_ordinary_text_is_left_alone(text):
    assert plain_text(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("\x1b]8;;https://example.org\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("'JFK\u200b'", "'JFK\\u200b'"),
        ("\u202eabc", "\\u202eabc"),
        ("10%\r20%\r\ndone", "10%\n20%\ndone"),
        ("\x1b]52;c;unended\nnext line", "52;c;unended\nnext line"),
        ("nul\0", "nul\\x00"),
    ],
)
def test_sequences_go_and_hidden_characters_are_spelled_out(text, shown):
    assert plain_text(text) == shown


def test_a_flood_is_cleaned_in_no_time():
    assert plain_text("\x1b]" * 200_000) == ""
    assert len(plain_text("\x9d" * 200_000)) == 200_000 * 4
