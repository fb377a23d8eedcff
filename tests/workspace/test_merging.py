"""Three-way merge of texts: nothing of either side is lost, and no conflict is hidden."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.workspace.merging import BETWEEN, MINE, NEW, Merged, is_marked, merge

LINES = st.lists(st.sampled_from("abcdef"), max_size=8)
TEXTS = st.tuples(LINES, st.sampled_from(["", "\n"])).map(lambda t: "\n".join(t[0]) + t[1])
STARTER = "import numpy\n\n\ndef double(x):\n    raise NotImplementedError\n\n\ndef halve(x):\n"


def own(text: str, base: str) -> Counter[str]:
    """Lines that a side wrote itself."""
    return Counter(text.split("\n")) - Counter(base.split("\n"))


@given(base=TEXTS, changed=TEXTS)
def test_does_a_side_that_changed_nothing_take_the_other(base: str, changed: str) -> None:
    assert merge(base, base, changed) == Merged(changed)
    assert merge(base, changed, base) == Merged(changed)
    assert merge(base, changed, changed) == Merged(changed)


@given(base=TEXTS, mine=TEXTS, new=TEXTS)
def test_is_no_line_lost_that_a_side_wrote(base: str, mine: str, new: str) -> None:
    merged = Counter(merge(base, mine, new).text.split("\n"))
    assert own(mine, base) <= merged
    assert own(new, base) <= merged


@given(base=TEXTS, mine=TEXTS, new=TEXTS)
def test_does_every_conflict_hold_both_sides(base: str, mine: str, new: str) -> None:
    merged = merge(base, mine, new)
    lines = merged.text.split("\n")
    assert [number for number, line in enumerate(lines, 1) if line == MINE] == [*merged.conflicts]
    assert Counter(lines)[BETWEEN] == Counter(lines)[NEW] == len(merged.conflicts)
    assert is_marked(merged.text) == bool(merged.conflicts)
    for number in merged.conflicts:
        end = lines.index(NEW, number)
        between = lines.index(BETWEEN, number)
        assert lines[number:between] != lines[between + 1 : end]


@given(base=TEXTS, mine=TEXTS, new=TEXTS)
def test_is_a_clean_merge_the_same_from_either_side(base: str, mine: str, new: str) -> None:
    one, other = merge(base, mine, new), merge(base, new, mine)
    assert len(one.conflicts) == len(other.conflicts)
    if not one.conflicts:
        assert one == other


@given(base=TEXTS, mine=TEXTS, new=TEXTS)
def test_do_line_ends_of_windows_stay(base: str, mine: str, new: str) -> None:
    plain, windows = merge(base, mine, new), merge(base, mine.replace("\n", "\r\n"), new)
    if "\n" in mine:
        assert windows == Merged(plain.text.replace("\n", "\r\n"), plain.conflicts)


def test_are_changes_in_other_places_both_taken() -> None:
    mine = STARTER.replace("raise NotImplementedError", "return 2 * x")
    new = STARTER.replace("numpy", "numpy as np")
    assert merge(STARTER, mine, new) == Merged(
        STARTER.replace("raise NotImplementedError", "return 2 * x").replace("numpy", "numpy as np")
    )


def test_is_a_conflict_marked_as_editors_know_it() -> None:
    mine = STARTER.replace("raise NotImplementedError", "return 2 * x")
    new = STARTER.replace("raise NotImplementedError", 'raise NotImplementedError("Task 1")')
    merged = merge(STARTER, mine, new)
    assert merged.conflicts == (5,)
    assert merged.text.split("\n")[4:9] == [
        "<<<<<<< yours",
        "    return 2 * x",
        "=======",
        '    raise NotImplementedError("Task 1")',
        ">>>>>>> new version of the course",
    ]


@pytest.mark.parametrize("text", ["", "=======\n", "a <<<<<<< yours\n", "Title\n=======\n"])
def test_is_not_every_line_a_mark(text: str) -> None:
    assert not is_marked(text)
