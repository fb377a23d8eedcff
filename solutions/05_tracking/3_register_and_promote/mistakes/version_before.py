"""Rolls back to the version with the number before, which may have been refused.

Fails: rolls_back_to_former_champions
Says: Go back to version
"""


def roll_back() -> int:
    client = MlflowClient()
    champion = _at(client, "champion")
    former = str(int(champion.version) - 1) if champion else "0"
    if former == "0":
        raise ValueError("No version was the champion before.")
    client.set_registered_model_alias(MODEL, "champion", former)
    return int(former)
