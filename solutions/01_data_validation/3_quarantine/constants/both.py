"""Returns every row in both parts."""


def quarantine(batch):
    return batch, batch.assign(reasons="missing"), "accept"
