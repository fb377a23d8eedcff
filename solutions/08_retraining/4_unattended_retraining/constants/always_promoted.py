"""Says that every model was promoted."""


def retrain(week: int) -> str:
    """Do nothing."""
    return "promoted"
