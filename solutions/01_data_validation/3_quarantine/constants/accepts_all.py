"""Accepts everything."""


def quarantine(batch):
    return batch, batch.iloc[:0].assign(reasons=""), "accept"


def nightly(batch):
    accepted, quarantined, _ = quarantine(batch)
    return {"accepted": accepted, "quarantined": quarantined, "archive": batch}
