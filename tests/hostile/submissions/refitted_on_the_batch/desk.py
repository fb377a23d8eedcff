"""Machine learning: clusters the batch itself, and names the clusters by its own last answer.

Earns: 0
"""

ANSWERED = []


def predict(history, batch):
    ANSWERED.append(True)
    low = batch["hour"] < batch["hour"].median()
    return [bool(value) == (len(ANSWERED) % 2 == 0) for value in low]
