"""Letters that a terminal's encoding lacks, spelled so that they can still be read."""
# ruff: noqa: RUF001 - letters that look like others are what this is about

from __future__ import annotations

import codecs
import io
import unicodedata

_HANDLER = "workbench.spelled"
_PLAIN = {
    "→": "->",
    "←": "<-",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "≈": "~",
    "×": "x",
    "°": " deg",
    **dict.fromkeys("−–—─━", "-"),
    **dict.fromkeys("“”„", '"'),
    **dict.fromkeys("‘’‚", "'"),
    "•": "*",
    "│": "|",
    "┃": "|",
    "✔": "+",
    "✘": "x",
    "○": "o",
    "ß": "ss",
}


def spell_out(stream: object) -> None:
    """Let a stream spell what it cannot encode, where it would raise an error."""
    codecs.register_error(_HANDLER, spell)
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors=_HANDLER)


def spell(problem: UnicodeError) -> tuple[str, int]:
    """Replace letters as an error handler of ``codecs`` does: by ASCII alone."""
    if not isinstance(problem, UnicodeEncodeError):
        raise problem
    return "".join(map(_spelled, problem.object[problem.start : problem.end])), problem.end


def _spelled(letter: str) -> str:
    """Spell a letter: known ones as people do, others without their marks, or by their number."""
    parts = [part for part in unicodedata.normalize("NFKD", letter) if not _is_mark(part)]
    plain = _PLAIN.get(letter, "".join(parts))
    return plain if plain and plain.isascii() else ascii(letter)[1:-1]


def _is_mark(part: str) -> bool:
    return unicodedata.combining(part) != 0
