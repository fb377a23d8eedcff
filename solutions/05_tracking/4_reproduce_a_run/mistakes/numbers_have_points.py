"""Knows a float by its point: 1e-05 stays a text, and so do weights of classes.

Fails: rebuilds_a_run
Says: InvalidParameterError
"""

WORDS = {"None": None, "True": True, "False": False}


def _value(text: str) -> Any:
    if text in WORDS:
        return WORDS[text]
    try:
        return float(text) if "." in text else int(text)
    except ValueError:
        return text
