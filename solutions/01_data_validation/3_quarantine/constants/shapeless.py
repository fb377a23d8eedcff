"""Returns three texts."""


def quarantine(batch):
    return "accepted", "quarantined", "accept"


def nightly(batch):
    accepted, quarantined, _ = quarantine(batch)
    return {"accepted": accepted, "quarantined": quarantined, "archive": batch}
