"""Lying objects: a mapping without end, and one that changes while it is read.

Earns: 0
Ends: memory
"""

from collections import UserDict


class Endless(UserDict):
    def items(self):
        number = 0
        while True:
            yield str(number), str(number) * 500
            number += 1

    def __iter__(self):
        return iter(())


class Moving(UserDict):
    def items(self):
        return iter([("$frame", {"buffer": 0}), ("$tuple", [])])

    def __iter__(self):
        return iter(["harmless"])


def late_share(frame):
    return Endless()


def busiest(frame):
    return Moving(a=1)
