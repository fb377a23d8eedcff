"""Returns three texts."""


def quarantine(batch):
    return "accepted", "quarantined", "accept"
