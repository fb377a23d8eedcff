"""Keeps the line of champions in a file of the current folder: the next job has another.

Fails: rolls_back_to_former_champions
Says: know it by the store
"""

import json
from pathlib import Path

LINE = Path("champions.json")


def promote(version: int) -> bool:
    client = MlflowClient()
    challenger, champion = _at(client, "challenger"), _at(client, "champion")
    if challenger is None or int(challenger.version) != version:
        raise ValueError(f"Version {version} is not the challenger.")
    reason = _objection(client, challenger, champion)
    if reason:
        client.set_model_version_tag(MODEL, str(version), "refused", reason)
    else:
        LINE.write_text(json.dumps([*_line(), version]))
        client.set_registered_model_alias(MODEL, "champion", str(version))
    client.delete_registered_model_alias(MODEL, "challenger")
    return not reason


def roll_back() -> int:
    *line, _ = _line() or [0]
    if not line:
        raise ValueError("No version was the champion before.")
    LINE.write_text(json.dumps(line))
    MlflowClient().set_registered_model_alias(MODEL, "champion", str(line[-1]))
    return line[-1]


def _line() -> list[int]:
    return json.loads(LINE.read_text()) if LINE.exists() else []
