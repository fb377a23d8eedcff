import numpy as np
import pandas as pd
import pytest

from workbench.flights.content import content_digest

FRAME = pd.DataFrame(
    {
        "number": [1, 2, 3],
        "share": [0.0, np.nan, 0.1],
        "name": ["a", None, "ß"],
        "yes": [True, False, True],
        "day": pd.to_datetime(["2013-01-01", None, "2013-01-03"]),
        "moment": pd.to_datetime(["2013-01-01", None, "2013-01-03"], utc=True),
    }
)
KNOWN = "997d9f380c64f5cc33d5b13597d23a86c8d4009f2ba7d32873eaf2ce1fe2bc97"


def test_digest_is_the_same_on_every_machine_and_in_every_version():
    assert content_digest(FRAME) == KNOWN


@pytest.mark.parametrize(
    "stored",
    [
        FRAME.astype({"number": "int16"}),
        FRAME.astype({"name": "object"}),
        FRAME.assign(day=FRAME["day"].dt.as_unit("ns"), moment=FRAME["moment"].dt.as_unit("s")),
        FRAME.assign(share=[-0.0, -np.nan, 0.1]),
        FRAME.set_index(pd.Index([7, 8, 9])),
    ],
    ids=["integers", "text", "time units", "zeros and NaN", "index"],
)
def test_storage_does_not_matter(stored):
    assert content_digest(stored) == content_digest(FRAME)


@pytest.mark.parametrize(
    "other",
    [
        FRAME.assign(number=[1, 2, 4]),
        FRAME.assign(number=[1.0, 2.0, 3.0]),
        FRAME.assign(share=[0.0, np.nan, np.nextafter(0.1, 1)]),
        FRAME.assign(share=[0.0, 0.0, 0.1]),
        FRAME.assign(name=["a", "", "ß"]),
        FRAME.assign(moment=FRAME["day"]),
        FRAME.iloc[::-1],
        FRAME.iloc[:2],
        FRAME[FRAME.columns[::-1]],
        FRAME.rename(columns={"yes": "no"}),
    ],
)
def test_content_matters(other):
    assert content_digest(other) != content_digest(FRAME)
