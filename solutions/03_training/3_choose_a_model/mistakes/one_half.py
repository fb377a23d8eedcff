"""Decides as if a miss cost as much as a false alarm.

Fails: compares_two_candidates
Says: Decide at 1/6, not at 1/2
"""


def _costs(flights: pd.DataFrame, candidate: dict) -> np.ndarray:
    """Return what each of the candidate's decisions cost."""
    alarm = candidate["held_out"] >= 0.5
    late = flights["late"].to_numpy()
    return np.where(alarm, FALSE_ALARM * ~late, MISS * late)
