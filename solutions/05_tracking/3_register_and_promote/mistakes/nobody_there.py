"""Asks for an alias that nobody has: MLflow's own exception reaches the caller.

Fails: promotes_only_what_costs_less
Says: MlflowException
"""


def _at(client: MlflowClient, alias: str) -> ModelVersion | None:
    return client.get_model_version_by_alias(MODEL, alias)
