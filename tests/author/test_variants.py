"""Variants: found by listing and laid out; and what each kind must get."""

import pytest

from workbench.author.expected import shortfalls, silent_asserts
from workbench.author.lint import lint
from workbench.author.variants import Kind, Variant, find_variants
from workbench.results import CheckResult, Outcome, Result

PASSED, FAILED, SKIPPED = Outcome.PASSED, Outcome.FAILED, Outcome.SKIPPED


@pytest.fixture
def two_files(place, edit):
    """The exercise with a second submit file; its variants are folders then."""
    edit("exercise.toml", 'submit = ["answer.py"]', 'submit = ["answer.py", "table.py"]')
    for folder in (place.folder, place.solution):
        (folder / "table.py").write_text("SIZE = 1\n")
    for path in list(place.solution.glob("*/*.py")):
        path.with_suffix("").mkdir()
        path.rename(path.with_suffix("") / "answer.py")
    return place


def result(*checks: CheckResult) -> Result:
    return Result("late_share", checks, seed=1, isolation="process", seconds=0)


def check(name: str, outcome: Outcome, message: str = "", line: int = 0) -> CheckResult:
    points = 2 if outcome is PASSED else 0
    return CheckResult(name, "", outcome, points, 2, message=message, output="tail", line=line)


def variant(kind: Kind, fails: str = "", says: str = "") -> Variant:
    return Variant(kind, "one", None, (), fails, says)


def test_all_ways_are_found_in_order(place):
    found = [str(found) for found in find_variants(place.load())]
    assert found[:3] == ["starter", "reference", "alternative counting"]
    assert found[3] == "mistake divides_by_zero"
    assert found[-1] == "constant never"
    assert len(found) == 9


def test_a_mistake_names_check_and_words(place):
    found = {variant.name: variant for variant in find_variants(place.load())}
    assert found["nothing_is_zero"].fails == "refuses_an_empty_batch"
    assert found["nothing_is_zero"].says == "it was answered"


def test_a_file_stands_in_for_the_submit_file(place, tmp_path):
    found = {variant.name: variant for variant in find_variants(place.load())}
    laid = found["per_cent"].lay_out(tmp_path / "laid")
    assert [path.name for path in laid.iterdir()] == ["answer.py"]
    assert "100 *" in (laid / "answer.py").read_text()


def test_a_folder_takes_the_other_files_from_the_reference(two_files, tmp_path):
    assert lint(two_files.root) == []
    found = {variant.name: variant for variant in find_variants(two_files.load())}
    assert found["per_cent"].fails == "finds_the_share"
    laid = found["per_cent"].lay_out(tmp_path / "laid")
    assert sorted(path.name for path in laid.iterdir()) == ["answer.py", "table.py"]
    assert "100 *" in (laid / "answer.py").read_text()


def test_a_folder_with_a_foreign_file_is_named(two_files):
    stray = two_files.solution / "mistakes" / "per_cent" / "other.py"
    stray.write_text("")
    assert stray.parent in [finding.path for finding in lint(two_files.root)]


@pytest.mark.parametrize(
    ("way", "checks", "said"),
    [
        (variant(Kind.REFERENCE), [check("a", PASSED)], []),
        (variant(Kind.REFERENCE), [check("a", SKIPPED)], ["a must pass; it was skipped: "]),
        (variant(Kind.STARTER), [check("a", Outcome.NOT_ATTEMPTED), check("b", SKIPPED)], []),
        (
            variant(Kind.STARTER),
            [check("a", Outcome.NOT_ATTEMPTED), check("b", FAILED, "No.")],
            ["b must be not attempted; it was failed: No."],
        ),
        (variant(Kind.CONSTANT), [check("a", FAILED)], []),
        (
            variant(Kind.CONSTANT),
            [check("a", FAILED), check("b", PASSED)],
            ["It must earn nothing; it earned 2 with b."],
        ),
        (variant(Kind.MISTAKE, "a", "wrong"), [check("a", FAILED, "It is wrong.")], []),
        (
            variant(Kind.MISTAKE, "a", "wrong"),
            [check("a", FAILED, "wrong"), check("b", SKIPPED), check("c", PASSED)],
            [],
        ),
        (
            variant(Kind.MISTAKE, "a", "wrong"),
            [check("a", SKIPPED), check("b", Outcome.TIMEOUT, "Slow.")],
            ["a must fail; it did not.", "b must pass; it was timeout: Slow."],
        ),
        (
            variant(Kind.MISTAKE, "a", "wrong"),
            [check("a", Outcome.GRADER_ERROR, line=7), check("b", PASSED)],
            ["checks.py:7: a broke.\ntail"],
        ),
        (variant(Kind.CONSTANT), [check("a", Outcome.NOT_RUN)], ["a broke.\ntail"]),
    ],
)
def test_what_each_kind_must_get(way, checks, said):
    assert shortfalls(way, result(*checks)) == said


def test_asserts_that_nobody_reads_are_found_by_line(tmp_path):
    path = tmp_path / "checks.py"
    path.write_text("assert a, (\n    'long'\n)\nassert b, 'short'\nassert c, 'other'\n")
    spoken = [result(check("x", FAILED, line=2)), result(check("x", FAILED, line=5))]
    assert silent_asserts(path, spoken) == [4]
    assert silent_asserts(path, []) == [1, 4, 5]
