"""Fits a classifier, which wants to see both outcomes.

Fails: copes_with_one_outcome
Says: at least 2 classes
"""

from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import PolynomialFeatures


def fit(ranks: np.ndarray, late: np.ndarray) -> Pipeline:
    """Fit a smooth curve over the ranks."""
    curve = make_pipeline(PolynomialFeatures(3), LogisticRegression(C=10, max_iter=1000))
    return curve.fit(ranks[:, None], late)


class Calibration:
    def __init__(self, flights: pd.DataFrame) -> None:
        held_out = flights[~flights["in_training"]]
        self._past = np.sort(held_out["score"].to_numpy())
        self._curve = fit(self._rank(held_out["score"].to_numpy()), held_out["late"].to_numpy())

    def probability(self, scores: np.ndarray) -> np.ndarray:
        return self._curve.predict_proba(self._rank(scores)[:, None])[:, 1]

    def _rank(self, scores: np.ndarray) -> np.ndarray:
        """Share of past flights with a lower score, as a logit; of ties, half are lower."""
        sides = [np.searchsorted(self._past, scores, side=side) for side in ("left", "right")]
        share = (sum(sides) / 2 + 1) / (len(self._past) + 2)
        return np.log(share / (1 - share))
