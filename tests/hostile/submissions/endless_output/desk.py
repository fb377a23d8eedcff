"""Resources: prints without end and without a line's end.

Earns: 0
"""


def late_share(frame):
    while True:
        print("x" * 2**20, end="")
