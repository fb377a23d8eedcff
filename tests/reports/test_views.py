import base64
import json
import zlib
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest

from workbench.course import Limit, load_course
from workbench.reports.runs import Told
from workbench.reports.views import ATTEMPTS, PROGRESS, view_of, views
from workbench.workspace.attempts import Attempt

OLDEST_LENGTH = 5000  # of an experiment's tag, in MLflow before 3.17


def state_of(view):
    """Read a view as MLflow's page does."""
    envelope = json.loads(view.value)
    kind, packed = envelope["state"].split(";")
    assert kind == "deflate"
    return json.loads(zlib.decompress(base64.b64decode(packed)))


@pytest.fixture
def alarms(exercise):
    """An exercise that limits alarms on both sides."""
    names = ("false_alarms", "false_alarms_nearby", "delay", "slow_delay")
    limits = dict.fromkeys(names, Limit(1.0))
    return replace(exercise, limits=limits)


def test_there_is_a_view_on_all_and_one_on_each_exercise_that_was_tried(exercise):
    found = views([exercise, None, exercise])

    assert [view.key for view in found] == [ATTEMPTS, PROGRESS, view_of("first_suite")]
    assert [view.name for view in found] == ["Attempts", "Progress", exercise.title]
    assert found[0].tag == f"mlflow.sharedViewState.{ATTEMPTS}"


def test_the_table_has_the_columns_that_make_attempts_comparable(exercise):
    columns = state_of(views([exercise])[0])["selectedColumns"]

    assert columns[:5] == [
        "params.`exercise`",
        "tags.`outcome`",
        "metrics.`attempt`",
        "metrics.`score`",
        "metrics.`max_score`",
    ]
    assert "metrics.`delay`" in columns


def test_progress_has_a_line_an_exercise(exercise):
    state = state_of(views([exercise])[1])

    (line,) = (chart for chart in state["compareRunCharts"] if chart["type"] == "LINE")
    assert (line["metricKey"], line["xAxisKey"]) == ("share_of_points", "step")
    assert state["groupBy"]["groupByKeys"] == [{"mode": "param", "groupByData": "exercise"}]


def test_an_exercise_shows_what_its_limits_judge_and_its_points(alarms):
    state = state_of(views([alarms])[2])
    charts = [chart for chart in state["compareRunCharts"] if not chart.get("deleted")]
    pairs = [(c["xaxis"]["key"], c["yaxis"]["key"]) for c in charts if c["type"] == "SCATTER"]
    bars = [chart["metricKey"] for chart in charts if chart["type"] == "BAR"]

    assert state["searchFilter"] == "params.exercise = 'first_suite'"
    assert pairs == [
        ("attempt", "score"),
        ("false_alarms", "delay"),
        ("false_alarms", "slow_delay"),
    ]
    assert bars[:4] == ["false_alarms", "false_alarms_nearby", "delay", "slow_delay"]
    assert bars[4:] == [f"points/{check.id}" for check in alarms.criteria]


def test_each_chart_is_of_a_section_and_of_a_metric_that_runs_have(alarms, wrong):
    numbers = dict.fromkeys(alarms.limits, 1.0)
    checks = tuple(replace(check, numbers=numbers) for check in wrong.checks)
    result = wrong.but(checks=checks)
    run = Told(Attempt("check", "first_suite", result=result), 1, alarms)

    for state in map(state_of, views([alarms])):
        charts = state["compareRunCharts"]
        sections = {section["uuid"] for section in state["compareRunSections"]}
        axes = chain.from_iterable((c["xaxis"], c["yaxis"]) for c in charts if "xaxis" in c)
        metrics = {c["metricKey"] for c in charts if "metricKey" in c} | {a["key"] for a in axes}

        assert {chart["metricSectionId"] for chart in charts} <= sections
        assert metrics <= run.metrics.keys()
        assert len({chart["uuid"] for chart in charts}) == len(charts)


def test_the_views_on_our_course_fit_into_tags():
    course = load_course(Path(__file__).parents[2])

    assert max(len(view.value) for view in views([*course])) < OLDEST_LENGTH


@pytest.mark.parametrize("damaged", ["", "no json", "[]", "{}", '{"createdAt": null}'])
def test_a_view_replaces_what_is_damaged_or_missing(damaged, exercise):
    assert views([exercise])[0].replaces(damaged)


def test_a_view_replaces_another_one_unless_that_is_later(exercise, alarms):
    ours, others = views([exercise])[2], views([alarms])[2]
    later = {**json.loads(others.value), "createdAt": 9e15}

    assert ours.replaces(others.value)
    assert not ours.replaces(ours.value)
    assert not ours.replaces(json.dumps(later))
