"""Moves the alias, and the deprecated stage as well.

Fails: keeps_the_history
Says: stages are deprecated
"""


def promote(version: int) -> bool:
    client = MlflowClient()
    challenger, champion = _at(client, "challenger"), _at(client, "champion")
    if challenger is None or int(challenger.version) != version:
        raise ValueError(f"Version {version} is not the challenger.")
    reason = _objection(client, challenger, champion)
    if reason:
        client.set_model_version_tag(MODEL, str(version), "refused", reason)
    else:
        replaced = champion.version if champion else ""
        client.set_model_version_tag(MODEL, str(version), "replaced", replaced)
        client.set_registered_model_alias(MODEL, "champion", str(version))
        client.transition_model_version_stage(MODEL, str(version), "Production")
    client.delete_registered_model_alias(MODEL, "challenger")
    return not reason
