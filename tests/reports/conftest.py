import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from workbench.course import Course, Exercise, Limit, Stage
from workbench.reports.html import page
from workbench.reports.portfolio_page import portfolio_page
from workbench.reports.progress_page import progress_page
from workbench.reports.works import works
from workbench.results import CheckResult, Figure, Outcome, Result
from workbench.workspace.attempts import Attempt
from workbench.workspace.desk import Desk
from workbench.workspace.folder import make_workspace
from workbench.workspace.versions import noted

# MLflow reads this when it is imported.
os.environ["DO_NOT_TRACK"] = os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"

KEY_ERROR = "KeyError: 'distnace'\n  suite.py, line 12, in build_suite\n    frame['distnace']"


CHECKS = '''
@criterion(points=2)
def accepts_clean_weeks():
    """Clean weeks pass the suite."""

@criterion(points=3, requires="accepts_clean_weeks")
def catches_a_unit_change():
    """Distances that switch from miles to kilometres are reported."""

@criterion(points=3)
def catches_nulls():
    """A burst of missing values is reported."""

@criterion(points=2)
def checks_types():
    """Columns keep their types."""

@criterion(points=2, requires="catches_a_unit_change")
def says_where():
    """The report names the column."""
'''


@pytest.fixture(scope="session")
def exercise(tmp_path_factory):
    folder = tmp_path_factory.mktemp("course") / "1_first_suite"
    folder.mkdir()
    (folder / "checks.py").write_text(CHECKS)
    return Exercise(
        id="first_suite",
        title="Write the first expectation suite",
        stage="01_data_validation",
        folder=folder,
        solution=folder,
        submit=("suite.py",),
        minutes=30,
        after=(),
        terms=(),
        needs=("pandas",),
        limits={},
        sample={},
    )


@pytest.fixture(scope="session")
def course(exercise):
    return Course(Path(), (Stage(exercise.stage, (exercise,)),))


@pytest.fixture(scope="session")
def figures():
    """One figure of each kind, with values that are not defined and labels that mean harm."""
    weeks = list(range(14, 53))
    return {
        "timeline": {
            "weeks": weeks,
            "active": [0] * 10 + [0.25, 0.5, 0.75] + [1] * 20 + [0] * 6,
            "alarms": [week == 17 or 26 < week < 47 for week in weeks],
            "label": "planted",
        },
        "bars": {
            "labels": ["unit change", "nulls", "<script>alert(1)</script> $x_1$"],
            "values": [1.0, 0.05, None],
            "limit": 0.1,
            "unit": "share of weeks",
        },
        "lines": {
            "x": [1, 2, 3],
            "series": {"distance": [0.1, None, 0.3], "hour": [0.2, 0.2, 0.2]},
            "x_label": "week",
            "y_label": "PSI",
            "limit": 0.25,
        },
        "intervals": {
            "labels": ["EWR", "JFK"],
            "low": [0.4, 0.5],
            "mid": [0.5, 0.55],
            "high": [0.6, 0.61],
            "unit": "recall",
        },
        "matrix": {
            "rows": ["on time", "late"],
            "columns": ["on time", "late"],
            "values": [[9000, 300], [1200, None]],
        },
        "table": {"columns": ["week", "mean"], "rows": [[17, 1672.41234], ["<b>18</b>", None]]},
    }


@pytest.fixture(scope="session")
def wrong(exercise, figures):
    """A wrong answer: passed, failed, the same error twice, skipped."""
    clean, unit, nulls, types, where = exercise.criteria
    timeline = Figure("timeline", "Alarms against the planted change", figures["timeline"])
    return Result(
        "first_suite",
        (
            CheckResult(clean.id, clean.title, Outcome.PASSED, 2, 2, seconds=0.4),
            CheckResult(
                unit.id,
                unit.title,
                Outcome.FAILED,
                0,
                3,
                "The suite let 3 of 3 corrupted weeks pass; at most 0 may.\n"
                "Week 17, distance: the mean is 1672.4 (calm weeks: 1039.1).",
                "Which expectation bounds the mean of a column?",
                0.6,
                "rows 5231\nmean 1672.4",
                {"missed": 3.0, "delay": None},
                (timeline,),
            ),
            CheckResult(nulls.id, nulls.title, Outcome.ERROR, 0, 3, KEY_ERROR, seconds=0.1),
            CheckResult(types.id, types.title, Outcome.ERROR, 0, 2, KEY_ERROR, seconds=0.1),
            CheckResult(where.id, where.title, Outcome.SKIPPED, 0, 2),
        ),
        seed=2013,
        isolation="process",
        seconds=2.31,
    )


@pytest.fixture(scope="session")
def passed(exercise):
    checks = tuple(
        CheckResult(c.id, c.title, Outcome.PASSED, c.points, c.points, seconds=0.5)
        for c in exercise.criteria
    )
    return Result("first_suite", checks, 2013, "process", 1.9)


@pytest.fixture(scope="session")
def untouched(exercise):
    checks = tuple(
        CheckResult(c.id, c.title, Outcome.NOT_ATTEMPTED, 0, c.points, "Task 1 is still to do.")
        for c in exercise.criteria
    )
    return Result("first_suite", checks, 2013, "process", 0.7)


@pytest.fixture(scope="session")
def our_fault(exercise):
    first, *others = exercise.criteria
    checks = (
        CheckResult(first.id, first.title, Outcome.GRADER_ERROR, 0, first.points, "No table."),
        *(CheckResult(c.id, c.title, Outcome.NOT_RUN, 0, c.points) for c in others),
    )
    return Result("first_suite", checks, 2013, "process", 0.2)


@pytest.fixture(scope="session")
def rich(wrong, figures):
    """A wrong answer with a figure of each kind, and one that cannot be drawn."""
    drawn = tuple(Figure(kind, f"A {kind}", data) for kind, data in figures.items())
    failed = replace(wrong.checks[1], figures=(*drawn, Figure("pie", "A pie", {})))
    return wrong.but(checks=(wrong.checks[0], failed, *wrong.checks[2:]))


@pytest.fixture(scope="session")
def written(rich, exercise):
    """The page of an attempt."""
    return page(rich, exercise, {"Time": "2026-01-05 10:00:00 UTC", "pandas": "3.1.1"})


IDS = ("first_suite", "with_help", "left_alone", "in_work", "stood_for", "stands")
MONDAY = datetime(2026, 1, 5, 10, tzinfo=UTC)


@pytest.fixture(scope="session")
def desk(exercise, tmp_path_factory):
    """A desk with an empty ledger, and a course of two stages."""
    asks = 'Guard a "weekly" batch.'
    made = [
        replace(exercise, id=id_, title=id_.replace("_", " "), asks=asks, limits={"psi": Limit(9)})
        for id_ in IDS
    ]
    stages = (Stage("01_data_validation", tuple(made[:4])), Stage("02_training", tuple(made[4:])))
    return Desk(Course(Path(), stages), make_workspace(tmp_path_factory.mktemp("x") / "desk"))


@pytest.fixture(scope="session")
def half_way(rich, passed, untouched):
    """A ledger with each state, oldest first."""
    drawn = replace(passed.checks[1], figures=rich.checks[1].figures, numbers={"psi": 3.14159})
    won = passed.but(checks=(passed.checks[0], drawn, *passed.checks[2:]))
    done = (
        ("check", "first_suite", untouched, noted()),
        ("check", "first_suite", rich, noted()),
        ("hint", "first_suite", None, {"task": 1, "rung": 1}),
        ("check", "first_suite", won, noted()),
        ("check", "first_suite", rich, noted()),
        ("solution", "with_help", None, {"gave_up": True}),
        ("check", "with_help", passed, {}),
        ("solution", "left_alone", None, {"gave_up": True}),
        ("check", "in_work", rich, noted()),
        ("test-out", "stands", None, {"undone": False}),
        ("check", "stands", passed, noted()),
    )
    return tuple(
        Attempt(
            kind,
            name,
            time=MONDAY + timedelta(days=day),
            result=result and result.but(exercise=name),
            files={"suite.py": "0" * 64} if result else {},
            details=details,
        )
        for day, (kind, name, result, details) in enumerate(done)
    )


@pytest.fixture(scope="session")
def progress_written(desk, half_way):
    """The progress page."""
    for attempt in half_way:
        desk.workspace.ledger.append(attempt)
    return progress_page(Desk(desk.course, desk.workspace), works(half_way, desk.course))


@pytest.fixture(scope="session")
def portfolio_written(desk, half_way):
    """The portfolio of somebody with a long name that means harm."""
    name = f'Ada {"Lovelace" * 12} <script>alert(1)</script>" onload="alert(2)'
    return portfolio_page(works(half_way, desk.course), name)


@pytest.fixture(scope="session")
def pages(written, progress_written, portfolio_written):
    """Every kind of page, by name."""
    return {"attempt": written, "progress": progress_written, "portfolio": portfolio_written}


HOSTILE = {
    "ansi colour": "\x1b[31mred\x1b[0m",
    "ansi clear screen": "\x1b[2J\x1b[1;1Howned",
    "8-bit csi": "\x9b31mred",
    "osc title": "\x1b]0;owned\x07",
    "osc link": "\x1b]8;;https://example.org\x1b\\click\x1b]8;;\x1b\\",
    "osc clipboard, unended": "\x1b]52;c;cm0gLXJm",
    "8-bit osc": "\x9d0;owned\x9c",
    "device control": "\x1bPq#0~\x1b\\",
    "backspaces": "passed\x08\x08\x08\x08\x08\x08failed",
    "carriage return": "failed\rpassed",
    "bell and null": "\x07\x00",
    "bidi": "\u202egnihton\u202c \u2066x\u2069 \u200f",
    "zero width": "J\u200bF\u200cK\u200d\u2060\ufeff\u00ad\u180e\u3164",
    "tags": "\U000e0041\U000e0042",
    "line separators": "a\u2028b\u2029c\x85d\x0be\x0cf",
    "surrogate": "\ud800",
    "no xml": "\ufffe\uffff\x0b\x1f",
    "script": "<script>document.title='owned'</script>",
    "attribute": '" onerror="document.title=1" x="',
    "image": "<img src=x onerror=\"document.title='owned'\">",
    "style end": "</style></pre></main><h1>12 of 12 points</h1>",
    "template": "{{ 7 * 7 }}{% raw %}",
    "rich markup": "[bold red]12/12[/bold red] [link=https://example.org]x[/link] [/nothing]",
    "emoji code": ":warning:",
    "mathematics": "$\\frac{1}{",
    "forged verdict": "✔ Passed: 12 of 12 points.",
    "formula": '=HYPERLINK("https://example.org")',
}


@pytest.fixture(params=HOSTILE, scope="session")
def hostile(request):
    return HOSTILE[request.param]


@pytest.fixture(scope="session")
def everything_hostile():
    return "\n".join(HOSTILE.values())
