"""Returns every row in both parts."""


def quarantine(batch):
    return batch, batch.assign(reasons="missing"), "accept"


def nightly(batch):
    accepted, quarantined, _ = quarantine(batch)
    return {"accepted": accepted, "quarantined": quarantined, "archive": batch}
