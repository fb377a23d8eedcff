"""The same work without the workbench around it: checks run in this process, learner code too."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from workbench.authoring.criteria import declared
from workbench.authoring.evidence import Evidence, Limits
from workbench.course import Exercise
from workbench.flights.table import open_flights
from workbench.judging.wire import SuiteDocument
from workbench.scenarios.streams import Stream
from workbench.scenarios.world import World


class PlainHandle:
    """An object of the learner's, called directly."""

    def __init__(self, kept: Any) -> None:
        self._kept = kept

    def call(self, name: str, *args: Any, returns: type | None = None, **kwargs: Any) -> Any:
        return getattr(self._kept, name)(*args, **kwargs)


class PlainLearner:
    """A submission imported into this process: no isolation, nothing is copied."""

    def __init__(self, module: ModuleType) -> None:
        self._module = module

    def call(self, name: str, *args: Any, returns: type | None = None, **kwargs: Any) -> Any:
        value = getattr(self._module, name)(*args, **kwargs)
        return SuiteDocument(value.to_json_dict()) if hasattr(value, "to_json_dict") else value

    def new(self, name: str, *args: Any, **kwargs: Any) -> PlainHandle:
        return PlainHandle(getattr(self._module, name)(*args, **kwargs))

    def replay(self, name: str, stream: Stream) -> list[bool]:
        monitor = self.new(name, stream.reference)
        return [monitor.call("update", batch.frame) for batch in stream]


def run_plainly(exercise: Exercise, submission: Path, seed: int) -> None:
    """Run every check of an exercise in this process."""
    learner = PlainLearner(_load(submission / exercise.submit[0]))
    limits = Limits({name: limit.value for name, limit in exercise.limits.items()})
    flights = open_flights()
    if str(exercise.folder) not in sys.path:
        sys.path.append(str(exercise.folder))  # the judge's modules are beside the checks
    checks = _load(exercise.folder / "checks.py")
    for criterion in exercise.criteria:
        check = getattr(checks, criterion.id)
        assert declared(check)
        fixtures = {
            "learner": learner,
            "world": World(flights, seed, criterion.id),
            "limits": limits,
            "evidence": Evidence(),
        }
        wanted = check.__code__.co_varnames[: check.__code__.co_argcount]
        check(**{name: fixtures[name] for name in wanted})


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"plain_{path.stem}", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
