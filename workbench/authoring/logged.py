"""What an MLflow store holds, as plain values. Times are milliseconds since 1970."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class OtherRun:
    """A run of somebody else, for the store to hold before the learner's code begins.

    Times are milliseconds since 1970; a status is one of MLflow's; metrics may be NaN.
    """

    experiment: str
    started: int
    ended: int
    name: str = ""
    status: str = "FINISHED"
    deleted: bool = False
    params: Mapping[str, str] = field(default_factory=dict)
    metrics: Mapping[str, float] = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class LoggedDataset:
    """A dataset that a run names as its input."""

    name: str
    digest: str
    context: str


@dataclass(frozen=True)
class LoggedRun:
    """What the store says about a run. Times are milliseconds since 1970."""

    id: str
    experiment: str
    name: str
    status: str
    deleted: bool
    started: int | None
    ended: int | None
    params: Mapping[str, str]
    metrics: Mapping[str, float]
    tags: Mapping[str, str]
    datasets: tuple[LoggedDataset, ...]
    models: tuple[str, ...]


@dataclass(frozen=True)
class LoggedModel:
    """What the store, and its own file MLmodel, say about a model.

    `files` are its artifacts by path. `inputs` and `outputs` are MLflow's JSON of the signature,
    and `example` names the file of the input example; empty where there is none.
    """

    id: str
    name: str
    run_id: str
    files: Mapping[str, bytes]
    flavors: Mapping[str, Mapping[str, str]]
    inputs: str
    outputs: str
    example: str
    params: Mapping[str, str]
    tags: Mapping[str, str]


@dataclass(frozen=True)
class ModelVersion:
    """What the registry says about a version of a registered model."""

    name: str
    version: int
    model: str
    source: str
    run_id: str
    aliases: tuple[str, ...]
    stage: str
    tags: Mapping[str, str]
    description: str
    created: int


@dataclass(frozen=True)
class Store:
    """What a learner's code left in its MLflow store.

    Parameters
    ----------
    runs
        All runs, deleted ones too, by id.
    models
        The logged models by id.
    registered
        Names of registered models.
    versions
        Their versions.
    """

    runs: Mapping[str, LoggedRun]
    models: Mapping[str, LoggedModel]
    registered: tuple[str, ...]
    versions: tuple[ModelVersion, ...]

    def versions_of(self, name: str) -> tuple[ModelVersion, ...]:
        """Return the versions of a registered model, the oldest first."""
        found = (v for v in self.versions if v.name == name)
        return tuple(sorted(found, key=lambda v: v.version))

    def at(self, name: str, alias: str) -> ModelVersion | None:
        """Return the version that an alias of a registered model points to."""
        return next((v for v in self.versions_of(name) if alias in v.aliases), None)
