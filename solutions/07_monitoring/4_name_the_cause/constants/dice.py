"""Throws dice."""

import numpy as np
import pandas as pd

CAUSES = ["season", "data incident", "covariate shift", "label shift", "concept drift"]


class Triage:
    def __init__(self, reference: pd.DataFrame) -> None:
        self._rng = np.random.default_rng(0)

    def name(self, batch: pd.DataFrame) -> str:
        return str(self._rng.choice(CAUSES))
