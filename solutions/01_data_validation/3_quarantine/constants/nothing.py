"""Returns no row at all."""


def quarantine(batch):
    return batch.iloc[:0], batch.iloc[:0], "accept"
