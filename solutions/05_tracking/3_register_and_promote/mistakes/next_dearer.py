"""Keeps no history: goes back to the next dearer version that was never refused.

Fails: rolls_back_to_former_champions
Says: Go back to version
"""


def roll_back() -> int:
    client = MlflowClient()
    champion = _at(client, "champion")
    if champion is None:
        raise ValueError("Nobody is the champion.")
    now, versions = _cost(client, champion), client.search_model_versions(f"name = '{MODEL}'")
    costs = {v.version: _cost(client, v) for v in versions if "refused" not in v.tags}
    dearer = [version for version, cost in costs.items() if cost > now]
    if not dearer:
        raise ValueError("No version was the champion before.")
    former = min(dearer, key=lambda version: costs[version])
    client.set_registered_model_alias(MODEL, "champion", former)
    return int(former)
