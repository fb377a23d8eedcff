"""The one error of this room."""


class ScenarioError(ValueError):
    """A scenario that cannot be built or scored; one sentence says what to change."""


def require(condition: bool, message: str) -> None:
    """Raise ``ScenarioError(message)`` unless the condition holds."""
    if not condition:
        raise ScenarioError(message)
