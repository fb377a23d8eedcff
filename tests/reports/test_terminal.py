import io
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from workbench.reports.terminal import LiveChecks, console, show_result
from workbench.results import Outcome

GOLDEN = Path(__file__).with_name("golden")


def shown(result, exercise, width=80, encoding="utf-8"):
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    screen = console(stream)
    screen.width = width
    show_result(result, exercise, screen)
    stream.flush()
    return stream.buffer.getvalue().decode(encoding)


@pytest.mark.parametrize(
    ("name", "width", "encoding"),
    [
        ("wrong", 80, "utf-8"),
        ("wrong", 40, "utf-8"),
        ("wrong", 80, "ascii"),
        ("passed", 80, "utf-8"),
        ("untouched", 80, "utf-8"),
        ("our_fault", 80, "utf-8"),
    ],
)
def test_screen_is_as_agreed(name, width, encoding, exercise, request):
    screen = shown(request.getfixturevalue(name), exercise, width, encoding)

    assert screen == (GOLDEN / f"{name}_{width}_{encoding}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [20, 40, 80, 200])
def test_no_line_is_wider_than_the_terminal(width, wrong, exercise):
    assert max(map(len, shown(wrong, exercise, width).splitlines())) <= width


def test_verdict_comes_first_and_next_step_last(wrong, exercise):
    lines = shown(wrong, exercise).splitlines()

    assert "2 of 12 points" in lines[0]
    assert "workbench hint first_suite" in lines[-1]


def test_the_same_message_is_told_once(wrong, exercise):
    screen = shown(wrong, exercise)

    assert screen.count("KeyError") == 1
    assert "The same message as check 3." in screen


def test_a_skipped_check_names_what_it_waits_for(wrong, exercise):
    assert "- 5 waits for check 2; 2 points.\n" in shown(wrong, exercise)


def test_checks_in_a_row_that_wait_for_the_same_one_are_one_line(wrong, exercise):
    waiting = [replace(check, outcome=Outcome.SKIPPED, points=0) for check in wrong.checks[2:]]
    waits = replace(exercise)
    vars(waits)["criteria"] = tuple(
        replace(criterion, requires=wrong.checks[1].id if number > 1 else None)
        for number, criterion in enumerate(exercise.criteria)
    )
    screen = shown(wrong.but(checks=(*wrong.checks[:2], *waiting)), waits)

    assert "- 3 to 5 wait for check 2; 7 points.\n" in screen


def test_a_check_worth_nothing_shows_no_points(wrong, exercise):
    first, *others = wrong.checks
    gate = replace(first, points=0, max_points=0)
    waits = replace(others[-1], max_points=0)
    screen = shown(wrong.but(checks=(gate, *others[:-1], waits)), exercise)

    assert "1 ✔ passed               Clean weeks pass" in screen
    assert "- 5 waits for check 2.\n" in screen
    assert "0/0" not in screen


def test_colour_never_carries_the_meaning_alone(wrong, exercise):
    coloured = Console(file=io.StringIO(), force_terminal=True, width=80, color_system="standard")
    plain = Console(file=io.StringIO(), width=80)
    show_result(wrong, exercise, coloured)
    show_result(wrong, exercise, plain)

    assert "\x1b[31m" in coloured.file.getvalue()
    for word in ("passed", "failed", "error", "waits"):
        assert word in plain.file.getvalue()


def test_no_color_is_respected(wrong, exercise, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    screen = Console(file=io.StringIO(), force_terminal=True, width=80)
    show_result(wrong, exercise, screen)

    assert "\x1b[3" not in screen.file.getvalue()


@pytest.mark.parametrize("field", ["message", "hint", "output", "title"])
@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "cp1252"])
def test_hostile_text_cannot_touch_the_terminal(hostile, field, encoding, wrong, exercise):
    failed = replace(wrong.checks[1], **{field: hostile})
    screen = shown(wrong.but(checks=(failed,)), exercise, encoding=encoding)

    assert all(character.isprintable() or character == "\n" for character in screen)
    assert screen.splitlines()[0].endswith("Not yet: 0 of 3 points.")


def test_markup_is_shown_as_it_was_written(wrong, exercise):
    failed = replace(wrong.checks[1], message="expected [bold]x[/bold] in [1, 2] :warning:")

    assert "expected [bold]x[/bold] in [1, 2] :warning:" in shown(
        wrong.but(checks=(failed,)), exercise
    )


def test_what_a_learner_printed_stands_behind_a_bar(wrong, exercise):
    failed = replace(wrong.checks[1], output="✔ Passed: 12 of 12 points.", message="")
    lines = shown(wrong.but(checks=(failed,)), exercise).splitlines()

    assert [line for line in lines if "12 of 12" in line] == ["    │ ✔ Passed: 12 of 12 points."]


def test_only_the_start_of_a_long_message_and_the_end_of_a_long_output_are_shown(wrong, exercise):
    many = "\n".join(f"line {number}" for number in range(1000))
    failed = replace(wrong.checks[1], message=many, output=f"{many}\nlast words")
    screen = shown(wrong.but(checks=(failed,)), exercise)

    assert "line 0" in screen
    assert "(and 970 lines more)" in screen
    assert "last words" in screen
    assert screen.count("\n") < 60


def test_without_a_terminal_nothing_is_told_twice(wrong, exercise):
    stream = io.StringIO()
    with LiveChecks(exercise, Console(file=stream, width=80)) as live:
        live.on_check(wrong.checks[0])

    assert stream.getvalue() == ""


def test_on_a_terminal_the_running_check_is_named_and_all_is_wiped_at_the_end(wrong, exercise):
    stream = io.StringIO()
    screen = Console(
        file=stream, force_terminal=True, width=80, height=20, _environ={"TERM": "xterm"}
    )
    with LiveChecks(exercise, screen) as live:
        for check in wrong.checks:
            live.on_check(check)

    assert "Clean weeks pass" in stream.getvalue()
    assert stream.getvalue().endswith("\x1b[2K")


def test_ctrl_c_gives_the_terminal_back(exercise):
    stream = io.StringIO()
    screen = Console(file=stream, force_terminal=True, width=80, _environ={"TERM": "xterm"})
    with pytest.raises(KeyboardInterrupt), LiveChecks(exercise, screen):
        raise KeyboardInterrupt

    assert "\x1b[?25h" in stream.getvalue(), "the cursor is shown again"


def test_every_outcome_has_a_symbol_and_a_screen(wrong, exercise):
    for outcome in Outcome:
        check = replace(wrong.checks[1], outcome=outcome)
        assert outcome.value in shown(wrong.but(checks=(check,)), exercise)


def test_nothing_heavy_is_imported():
    script = (
        "import sys, workbench.reports.terminal; "
        "print({m.split('.')[0] for m in sys.modules} & "
        "{'pandas', 'numpy', 'sklearn', 'mlflow', 'great_expectations', 'matplotlib', 'jinja2'})"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert ran.stdout.strip() == "set()"
