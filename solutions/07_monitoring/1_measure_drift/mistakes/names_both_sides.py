"""Says that one side is empty, and not which.

Fails: refuses_empty_samples
Says: and not the other side's
"""


def _refuse_empty(reference: pd.Series | pd.DataFrame, current: pd.Series | pd.DataFrame) -> None:
    if reference.empty or current.empty:
        raise ValueError("Either reference or current is empty.")
