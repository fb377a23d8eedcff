"""Text that came from elsewhere, made safe to show on a terminal and in a page."""

from __future__ import annotations

import re

# ECMA-48: CSI sequences, strings such as OSC (titles, links, clipboard) up to their end, and the
# short escapes; in 7-bit (ESC) and 8-bit (C1) form. Strings end on their own line at the latest.
_SEQUENCES = re.compile(
    r"""
    (?: \x1b\[ | \x9b ) [0-?]* [ -/]* [@-~]
  | (?: \x1b[\]PX^_] | [\x90\x98\x9d-\x9f] ) [^\x07\x1b\x90-\x9f\n]* (?: \x07 | \x1b\\ | \x9c )
  | \x1b [ -/]* [0-~]
  | [\ufe00-\ufe0f]             # variation selectors only style the character before them
    """,
    re.VERBOSE,
)

# Controls, surrogates, non-characters (also those that XML forbids) and what Unicode calls
# default-ignorable: bidi marks, zero-width characters, fillers, tags.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\ufdd0-\ufdef"
    "\ufffe\uffff\ud800-\udfff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


def plain_text(text: str) -> str:
    r"""Remove escape sequences; spell out characters that cannot be seen.

    Hidden characters are spelled out, not removed: that ``'JFK\u200b'`` is not ``'JFK'`` may be
    the very thing that the reader has to see.

    Examples
    --------
    >>> plain_text("\x1b[31mred\x1b[0m, JFK\u200b")
    'red, JFK\\u200b'
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _HIDDEN.sub(_spell, _SEQUENCES.sub("", lines))


def _spell(hidden: re.Match[str]) -> str:
    return hidden[0].encode("unicode_escape").decode("ascii")
