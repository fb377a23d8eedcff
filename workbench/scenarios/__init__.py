"""Planted events with known truth, streams that carry them, and scores of alarms."""

from workbench.scenarios.alarms import AlarmScore, score_alarms
from workbench.scenarios.draws import generator
from workbench.scenarios.errors import ScenarioError
from workbench.scenarios.events import ColumnEvent, Event, Resampling
from workbench.scenarios.incidents import (
    DuplicatedRows,
    HourShift,
    NullsBurst,
    RenamedCategory,
    StaleFeed,
    SwappedColumns,
    UnitChange,
)
from workbench.scenarios.schedules import Gradual, Recurring, Schedule, Sudden
from workbench.scenarios.shifts import ConceptDrift, CovariateShift, LabelShift
from workbench.scenarios.streams import Batch, Planted, Stream
from workbench.scenarios.truth import Truth
from workbench.scenarios.world import World

__all__ = [
    "AlarmScore",
    "Batch",
    "ColumnEvent",
    "ConceptDrift",
    "CovariateShift",
    "DuplicatedRows",
    "Event",
    "Gradual",
    "HourShift",
    "LabelShift",
    "NullsBurst",
    "Planted",
    "Recurring",
    "RenamedCategory",
    "Resampling",
    "ScenarioError",
    "Schedule",
    "StaleFeed",
    "Stream",
    "Sudden",
    "SwappedColumns",
    "Truth",
    "UnitChange",
    "World",
    "generator",
    "score_alarms",
]
