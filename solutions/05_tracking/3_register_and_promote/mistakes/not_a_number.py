"""Refuses what costs as much or more, so that a cost that is not a number is promoted.

Fails: promotes_only_what_costs_less
Says: Refuse a
"""


def _objection(
    client: MlflowClient, challenger: ModelVersion, champion: ModelVersion | None
) -> str:
    """Say why the challenger cannot become the champion; nothing if it can."""
    cost = _cost(client, challenger)
    if champion and cost >= (best := _cost(client, champion)):
        return f"it costs {cost}, the champion {best}"
    return ""
