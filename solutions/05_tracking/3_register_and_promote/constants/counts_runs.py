"""Numbers the runs as they come, and registers nothing."""

RUNS: list[str] = []


def register(run_id: str) -> int:
    if run_id not in RUNS:
        RUNS.append(run_id)
    return RUNS.index(run_id) + 1


def promote(version: int) -> bool:
    return False


def roll_back() -> int:
    raise ValueError("There was no champion before.")
