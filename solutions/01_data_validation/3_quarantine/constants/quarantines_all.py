"""Quarantines everything, with all reasons."""


def quarantine(batch):
    return (
        batch.iloc[:0],
        batch.assign(reasons="missing, origin, distance, day, departure, repeated"),
        "reject",
    )
