"""What the desk runs each night: it splits the batch, then archives it. It is given."""

import pandas as pd
from quarantine import quarantine


def nightly(batch: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Split the batch, then archive it as it came.

    Parameters
    ----------
    batch : DataFrame
        One week of flights.

    Returns
    -------
    dict
        The two parts under their names, and the batch as ``archive``.
    """
    accepted, quarantined, _ = quarantine(batch)
    return {"accepted": accepted, "quarantined": quarantined, "archive": batch}
