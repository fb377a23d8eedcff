"""Accepts everything."""


def quarantine(batch):
    return batch, batch.iloc[:0].assign(reasons=""), "accept"
