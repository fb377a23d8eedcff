"""Returns the rows without their columns."""


def quarantine(batch):
    return batch[["flight"]], batch.iloc[:0], "accept"


def nightly(batch):
    accepted, quarantined, _ = quarantine(batch)
    return {"accepted": accepted, "quarantined": quarantined, "archive": batch}
