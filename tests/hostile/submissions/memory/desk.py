"""Resources: asks for memory until it is refused, then once more for everything else.

Earns: 0
Ends: memory
"""


def late_share(frame):
    kept = []
    for _ in range(40):
        kept.append(bytearray(16 * 2**20))
    return len(kept)


def busiest(frame):
    try:
        late_share(frame)
    except MemoryError:
        return frame.loc[frame.index.repeat(20_000)]


def predict(history, batch):
    return [True] * (40 * 2**20)
