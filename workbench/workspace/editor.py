"""What VS Code needs to know of a workspace: tasks that judge, and how their faults are read."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any

from workbench.reports.problems import BEGINS, ENDS, PATTERN


def editor_files() -> Mapping[str, bytes]:
    """Write the files of the folder ``.vscode``, by name; they name this machine's Python."""
    documents = {"tasks": _tasks(), "settings": {"python.defaultInterpreterPath": sys.executable}}
    return {
        f".vscode/{name}.json": (json.dumps(document, indent=4) + "\n").encode()
        for name, document in documents.items()
    }


def _tasks() -> dict[str, Any]:
    check = _task("check", "Judge the exercise of the file that is open") | {
        "group": {"kind": "test", "isDefault": True},
        "problemMatcher": _matcher(),
    }
    watch = _task("watch", "The same at each save, with keys for hints and more") | {
        "isBackground": True,
        "problemMatcher": _matcher() | {"background": _background()},
    }
    return {"version": "2.0.0", "tasks": [check, watch]}


def _task(command: str, about: str) -> dict[str, Any]:
    return {
        "label": f"workbench: {command}",
        "detail": about,
        "type": "process",
        "command": sys.executable,
        "args": ["-P", "-m", "workbench", command, "--problems"],
        "options": {"cwd": "${fileDirname}"},
        "presentation": {"clear": True, "panel": "dedicated"},
    }


def _matcher() -> dict[str, Any]:
    parts = {"file": 1, "line": 2, "severity": 3, "message": 4}
    return {
        "owner": "workbench",
        "source": "workbench",
        "fileLocation": "absolute",
        "pattern": {"regexp": PATTERN, **parts},
    }


def _background() -> dict[str, Any]:
    return {
        "activeOnStart": False,
        "beginsPattern": f"^{BEGINS} \\w+\\.$",
        "endsPattern": f"^{ENDS} \\w+\\.$",
    }
