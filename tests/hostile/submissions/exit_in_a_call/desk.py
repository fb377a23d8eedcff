"""Exits and results: leaves each call in another way, none of which is an answer.

Earns: 0
Ends: error
"""

import os
import sys


def late_share(frame):
    sys.exit(0)


def busiest(frame):
    raise KeyboardInterrupt


class Tally:
    def add(self, batch):
        raise GeneratorExit

    def total(self):
        return 0


def predict(history, batch):
    os._exit(0)
