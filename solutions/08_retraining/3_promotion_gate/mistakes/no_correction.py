"""Judges every challenger as if it were the only one.

Fails: survives_many_tries
Says: Share the risk of an error among all tries
"""


class PromotionGate:
    def __init__(self, tries: int) -> None:
        self._error = ERROR
        self._watched: list[np.ndarray] = []
