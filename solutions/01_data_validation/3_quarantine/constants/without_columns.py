"""Returns the rows without their columns."""


def quarantine(batch):
    return batch[["flight"]], batch.iloc[:0], "accept"
