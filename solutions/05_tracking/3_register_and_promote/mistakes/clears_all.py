"""Clears the challengers of all registered models, those of other teams too.

Fails: leaves_the_rest_alone
Says: Touch nothing but the versions and aliases
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
    for model in client.search_registered_models():
        client.delete_registered_model_alias(model.name, "challenger")
    return not reason
