"""Decide which model of the flight desk is in service, and keep the decision in the registry."""

MODEL = "flight-desk"  # the registered model


def register(run_id: str) -> int:
    """Make the model of a run a version of the registered model, and the challenger.

    Parameters
    ----------
    run_id : str
        A run of the training job.

    Returns
    -------
    int
        The version; for a run that was registered before, the version that it has.

    Raises
    ------
    ValueError
        If the run has not finished well, was deleted, or has no logged model.
    """
    # TODO Task 1: refuse what cannot be released, make no second version, set the alias.
    raise NotImplementedError("Task 1: register the model of a run")


def promote(version: int) -> bool:
    """Let the challenger become the champion if it costs less.

    Parameters
    ----------
    version : int
        The version that is to be promoted.

    Returns
    -------
    bool
        True if it is the champion now; False if it was refused.

    Raises
    ------
    ValueError
        If the version is not the challenger.
    """
    # TODO Task 2: compare the costs of two runs, move the aliases, keep the reason of a refusal.
    raise NotImplementedError("Task 2: promote the challenger, or refuse it")


def roll_back() -> int:
    """Put the former champion into service again.

    Returns
    -------
    int
        The version that is the champion now.

    Raises
    ------
    ValueError
        If no version was the champion before.
    """
    # TODO Task 3: find in the registry who was the champion before.
    raise NotImplementedError("Task 3: roll back to the former champion")
