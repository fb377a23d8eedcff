"""Refuses without a word: nobody can read later why.

Fails: keeps_the_history
Says: the tag `refused` with the reason
"""


def promote(version: int) -> bool:
    client = MlflowClient()
    challenger, champion = _at(client, "challenger"), _at(client, "champion")
    if challenger is None or int(challenger.version) != version:
        raise ValueError(f"Version {version} is not the challenger.")
    reason = _objection(client, challenger, champion)
    if not reason:
        replaced = champion.version if champion else ""
        client.set_model_version_tag(MODEL, str(version), "replaced", replaced)
        client.set_registered_model_alias(MODEL, "champion", str(version))
    client.delete_registered_model_alias(MODEL, "challenger")
    return not reason
