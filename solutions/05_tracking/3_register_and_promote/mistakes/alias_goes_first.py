"""Takes the alias from the challenger before it looks whether this is the version asked for.

Fails: promotes_only_what_costs_less
Says: Seen: ValueError
"""


def promote(version: int) -> bool:
    client = MlflowClient()
    challenger, champion = _at(client, "challenger"), _at(client, "champion")
    client.delete_registered_model_alias(MODEL, "challenger")
    if challenger is None or int(challenger.version) != version:
        raise ValueError(f"Version {version} is not the challenger.")
    reason = _objection(client, challenger, champion)
    if reason:
        client.set_model_version_tag(MODEL, str(version), "refused", reason)
    else:
        replaced = champion.version if champion else ""
        client.set_model_version_tag(MODEL, str(version), "replaced", replaced)
        client.set_registered_model_alias(MODEL, "champion", str(version))
    return not reason
