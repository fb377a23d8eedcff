"""Says that the champion always stays."""


def retrain(week: int) -> str:
    """Do nothing."""
    return "kept"
