"""Compares what models say of flights that they were trained on.

Fails: compares_two_candidates
Says: Use `held_out`
"""


def _costs(flights: pd.DataFrame, candidate: dict) -> np.ndarray:
    """Return what each of the candidate's decisions cost."""
    alarm = candidate["in_training"] >= FALSE_ALARM / (MISS + FALSE_ALARM)
    late = flights["late"].to_numpy()
    return np.where(alarm, FALSE_ALARM * ~late, MISS * late)
