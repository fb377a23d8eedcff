"""A mistake is laid over the reference: what it defines counts, the rest stays."""

from hypothesis import given
from hypothesis import strategies as st

from workbench.author.overlay import overlay

REFERENCE = '''"""The reference."""

import math

# The limit was measured.
LIMIT = 3


class Monitor:
    """Watches."""

    size = 1

    def first(self):
        return LIMIT

    @property
    def second(self):
        return helper() + self.size


def helper():
    return math.floor(2.5)
'''


def run(code: str) -> dict:
    names: dict = {}
    exec(code, names)
    return names


def laid(change: str) -> dict:
    return run(overlay(REFERENCE, change))


def test_a_function_takes_the_place_of_another():
    assert laid("def helper():\n    return 10\n")["Monitor"]().second == 11


def test_a_class_keeps_its_other_members():
    names = laid("class Monitor:\n    def first(self):\n        return -LIMIT\n")
    assert (names["Monitor"]().first(), names["Monitor"]().second) == (-3, 3)


def test_a_decorated_member_is_replaced_with_its_decorator():
    names = laid("class Monitor:\n    @property\n    def second(self):\n        return 5\n")
    assert (names["Monitor"]().first(), names["Monitor"]().second) == (3, 5)


def test_what_is_new_is_there_before_the_first_class():
    change = "from operator import add\nBASE = 7\n\nclass Monitor:\n    size = add(BASE, 1)\n"
    assert laid(change)["Monitor"]().second == 10


def test_what_is_deleted_is_gone_and_the_docstring_is_the_mistakes():
    names = laid('"""A mistake."""\ndel helper, LIMIT')
    assert names["__doc__"] == "A mistake."
    assert not {"helper", "LIMIT"} & names.keys()
    assert names["Monitor"].size == 1


def test_comments_go_with_what_they_are_about():
    assert "measured" not in overlay(REFERENCE, "LIMIT = 4")
    assert "# Too high.\nLIMIT = 4" in overlay(REFERENCE, "# Too high.\nLIMIT = 4")


def test_several_names_bound_at_once_are_replaced_together():
    assert run(overlay("a, b = 1, 2\nc = 3\n", "b, a = 5, 6"))["a"] == 6
    assert run(overlay("a = 1\nb = 2\nc = 3\n", "a, b = 5, 6"))["b"] == 6


def test_a_module_of_constants_takes_new_ones():
    assert run(overlay("a = 1", "b = 2")).keys() >= {"a", "b"}


VALUES = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 9))
DEFINITIONS = st.sampled_from(
    ["{} = {}\n", "def {}():\n    return {}\n", "class {}:\n    v = {}\n"]
)


@given(VALUES, VALUES, st.data())
def test_the_change_wins_and_all_else_stays(ours, theirs, data):
    texts = [
        "".join(data.draw(DEFINITIONS).format(name, value) for name, value in side.items())
        for side in (ours, theirs)
    ]
    names = run(overlay(*texts))
    alone = [run(text) for text in texts]
    assert {n for n in names if len(n) == 1} == ours.keys() | theirs.keys()
    for name in names.keys() & (ours.keys() | theirs.keys()):
        assert value_of(names[name]) == value_of(alone[name in theirs][name])


def value_of(thing):
    if isinstance(thing, type):
        return thing.v
    return thing if isinstance(thing, int) else thing()
