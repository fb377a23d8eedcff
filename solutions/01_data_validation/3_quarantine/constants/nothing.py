"""Returns no row at all."""


def quarantine(batch):
    return batch.iloc[:0], batch.iloc[:0], "accept"


def nightly(batch):
    accepted, quarantined, _ = quarantine(batch)
    return {"accepted": accepted, "quarantined": quarantined, "archive": batch}
