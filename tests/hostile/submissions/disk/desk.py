"""Resources: a sparse terabyte, a file that grows until it is stopped, and many small ones.

Earns: 0
"""

import signal
from pathlib import Path

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)


def late_share(frame):
    with open("sparse", "wb") as file:
        try:
            file.truncate(2**40)
            print("FOUND a terabyte")
        except OSError as problem:
            print(problem)
    return 0.0


def busiest(frame):
    with open("growing", "wb") as file:
        for _ in range(80):
            file.write(bytes(2**20))
    print("FOUND 80 MB in one file")
    return frame


def predict(history, batch):
    for number in range(5_000):
        Path(f"small-{number}").touch()
    return []
