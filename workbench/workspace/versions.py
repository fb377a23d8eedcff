"""What an attempt is judged with: it is written down with the attempt, and told on its pages."""

from __future__ import annotations

import platform
from importlib.metadata import version
from typing import TYPE_CHECKING

from workbench import __version__

if TYPE_CHECKING:
    from workbench.workspace.attempts import Attempt

_LIBRARIES = ("pandas", "scikit-learn", "mlflow", "great-expectations")
_KEY = "versions"


def versions() -> dict[str, str]:
    """Name this workbench, which holds the course, Python and the libraries that it teaches."""
    libraries = {name: version(name) for name in _LIBRARIES}
    return {"workbench": __version__, "Python": platform.python_version(), **libraries}


def noted() -> dict[str, dict[str, str]]:
    """Lay the versions out as the details of an attempt."""
    return {_KEY: versions()}


def judged_with(attempt: Attempt) -> dict[str, str]:
    """Read what :func:`noted` wrote; empty for attempts that were made before it did."""
    found = attempt.details.get(_KEY)
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}
