"""Planted events and relations with known truth, streams of batches, scores and costs."""

from workbench.scenarios.alarms import AlarmScore, score_alarms
from workbench.scenarios.costs import Interval, day_block_interval, decision_cost, flight_costs
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
from workbench.scenarios.relations import Relation
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
    "Interval",
    "LabelShift",
    "NullsBurst",
    "Planted",
    "Recurring",
    "Relation",
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
    "day_block_interval",
    "decision_cost",
    "flight_costs",
    "generator",
    "score_alarms",
]
