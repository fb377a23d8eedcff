"""Resources: prints 300 MB without a line's end.

Earns: 0
"""


def late_share(frame):
    for _ in range(300):
        print("x" * 2**20, end="")
