"""Says one fold whatever was asked for.

Fails: gives_the_folds_asked_for
Says: Return the number of folds
"""


class SplitByTime:
    def get_n_splits(self, X: object = None, y: object = None, groups: object = None) -> int:  # noqa: N803
        """Return the number of folds."""
        return 1
