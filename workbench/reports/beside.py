"""Two texts beside each other: side by side where there is room, else one after the other."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table
from rich.text import Text

from workbench.reports.clean import plain_text

WIDE = 120  # columns: two of code
_CONTEXT = 3
_COLOURS = {"-": "red", "+": "green", "~": "yellow", "@": "cyan"}


@dataclass(frozen=True)
class Row:
    """A line of the one text, and what stands for it in the other.

    Parameters
    ----------
    sign
        ``-`` only left, ``+`` only right, ``~`` another one, ``@`` lines left out; else a space.
    """

    sign: str
    left: str = ""
    right: str = ""


def show_beside(left: str, right: str, names: tuple[str, str], console: Console) -> None:
    """Write how two texts differ; the signs tell it without colour."""
    one, other = plain_text(left).splitlines(), plain_text(right).splitlines()
    if one == other:
        console.print(f"{names[0]} and {names[1]} are the same.", soft_wrap=True)
    elif console.is_terminal and console.width >= WIDE:
        _show_columns(one, other, names, console)
    else:
        for line in difflib.unified_diff(one, other, *names, lineterm=""):
            console.print(Text(line, _COLOURS.get(line[0], "")), soft_wrap=True)


def rows(one: list[str], other: list[str]) -> Iterator[Row]:
    """Lay out two texts by line; long stretches that are the same are left out."""
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    for number, group in enumerate(matcher.get_grouped_opcodes(_CONTEXT)):
        if number or group[0][1]:
            yield Row("@", f"line {group[0][1] + 1}", f"line {group[0][3] + 1}")
        for kind, i, i_end, j, j_end in group:
            pairs = min(i_end - i, j_end - j)
            for step in range(pairs):
                sign = " " if kind == "equal" else "~"
                yield Row(sign, one[i + step], other[j + step])
            yield from (Row("-", left=line) for line in one[i + pairs : i_end])
            yield from (Row("+", right=line) for line in other[j + pairs : j_end])


def _show_columns(
    one: list[str], other: list[str], names: tuple[str, str], console: Console
) -> None:
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), expand=True)
    table.add_column("", width=1)
    for name in names:
        table.add_column(name, ratio=1, overflow="fold")
    for row in rows(one, other):
        style = _COLOURS.get(row.sign, "")
        left, right = (Text(text.expandtabs(4), style) for text in (row.left, row.right))
        table.add_row(Text(row.sign, style), left, right)
    console.print(table)
