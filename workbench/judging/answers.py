"""What a learner process replies, weighed: an answer, or why there is none."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from workbench.judging.bounds import Bounds
from workbench.judging.untrusted import NotPlain
from workbench.judging.verdicts import (
    BadAnswer,
    LearnerMemory,
    LearnerRaised,
    NotAttempted,
    Verdict,
)

_SHORT, _LONG = 100, 600  # characters of what a learner process says about itself
_KINDS = {
    bool: "True or False",
    int: "a whole number",
    float: "a number",
    str: "text",
    list: "a list",
    dict: "a dict",
    tuple: "a tuple",
    np.ndarray: "an array",
    pd.DataFrame: "a DataFrame",
    pd.Series: "a Series",
}


def weigh(
    what: str, reply: dict[str, Any], wanted: str, files: Iterable[str], bounds: Bounds
) -> dict[str, Any]:
    """Return the reply when it answers; else raise the verdict that it amounts to.

    Parameters
    ----------
    what
        What was called, for messages.
    reply
        What the process sent: nothing in it is to be believed.
    wanted
        The entry that an answer has: ``value`` or ``handle``.
    files
        Names of the submitted files.
    bounds
        Limits of the process.
    """
    if "missing" in reply:
        raise BadAnswer(
            f"There is no {said(reply['missing'])} {what} in {' or '.join(files)}. "
            "Keep the names that the starter gives."
        )
    if "signature" in reply:
        raise BadAnswer(
            f"{what} cannot be called as the README says: {said(reply['signature'])}. "
            "Keep the signature that the starter gives."
        )
    if "unplain" in reply:
        seen = said(reply["unplain"])
        raise BadAnswer(f"{what} returned {seen}; see what the README asks for.")
    if "memory" in reply:
        raise too_much_memory(what, bounds)
    if "raised" in reply:
        raise raised(what, reply["raised"])
    if wanted not in reply or (wanted == "handle" and type(reply[wanted]) is not int):
        raise NotPlain("a message that answers nothing")
    return reply


def expect_kind(name: str, value: Any, wanted: type | None) -> Any:
    """Return a value of the type that the task asks for; else raise the verdict."""
    if isinstance(value, pd.DataFrame) and wanted and not value.columns.is_unique:
        raise BadAnswer(f"`{name}` returned a frame with several columns of one name.")
    if wanted is None or _is_a(value, wanted):
        return value
    kind = _KINDS.get(wanted, wanted.__name__)
    raise BadAnswer(f"`{name}` should return {kind}; it returned {_show(value)}.")


def raised(what: str, told: Any) -> Verdict:
    """Turn a process's description of an exception into a verdict."""
    try:
        kind, text = said(told["type"], _SHORT), said(told["text"])
        frames, starter = told["frames"][-3:], told["starter"] is True
        lines = "".join(
            f"\n  {said(name, _SHORT)}, line {int(line)}: {said(code)}"
            for name, line, code in frames
        )
    except Exception:  # any malformed answer may surface as any error
        return BadAnswer(f"{what} answered with a malformed message.")
    if starter:
        return NotAttempted(f"{text or 'This task'} is still to be written.{lines}")
    problem = f"{kind}: {text}" if text else kind
    return LearnerRaised(f"{what} raised {problem}{lines}", kind, text)


def too_much_memory(what: str, bounds: Bounds) -> LearnerMemory:
    """Tell that the process needed more memory than it may use."""
    return LearnerMemory(
        f"{what} needed more than {bounds.memory / 2**30:.1f} GB of memory. "
        "Work on the columns that you need, and without copies of the whole frame."
    )


def said(value: object, most: int = _LONG) -> str:
    """Show what a learner process says about itself: text of bounded length."""
    return value[:most] if isinstance(value, str) else f"an object of type {type(value).__name__}"


def is_text(value: object, text: str) -> bool:
    """Compare without asking the value: an array would answer with an array."""
    return type(value) is str and value == text


def _is_a(value: object, wanted: type) -> bool:
    if wanted is float:
        return type(value) in {float, int}
    if isinstance(value, bool):
        return wanted is bool
    return isinstance(value, wanted)


def _show(value: object) -> str:
    if isinstance(value, pd.DataFrame | pd.Series):
        return f"a {type(value).__name__} of shape {value.shape}"
    text = repr(value)
    kind = type(value).__name__
    return f"{text[:60]} ({kind})" if value is not None else "None"
