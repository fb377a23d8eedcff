"""Refuses again what was refused before, also when the champion is a dearer one by now.

Fails: rolls_back_to_former_champions
Says: Promote a challenger that costs less
"""


def _objection(
    client: MlflowClient, challenger: ModelVersion, champion: ModelVersion | None
) -> str:
    """Say why the challenger cannot become the champion; nothing if it can."""
    cost = _cost(client, challenger)
    if "refused" in challenger.tags:
        return challenger.tags["refused"]
    if not math.isfinite(cost):
        return f"its cost is {cost}"
    if champion and not cost < (best := _cost(client, champion)):
        return f"it costs {cost}, the champion {best}"
    return ""
