"""Output: HTML, script, templates, formulas and what XML forbids, in prints, errors, answers.

Earns: 0
Ends: error
"""

import pandas as pd

EVIL = (
    "</script><script>alert(1)</script><img src=x onerror=alert(1)> {{7*7}} {% raw %} ]]> &lt; "
    '=HYPERLINK("http://127.0.0.1","x")\n+1+1\n@SUM(A1)\n-2+3\n\x0b\x0c\ufffe [bold]x[/bold]'
)


def late_share(frame):
    print(EVIL)
    raise ValueError(EVIL)


def busiest(frame):
    return pd.DataFrame({EVIL: [EVIL], "flights" + EVIL: [1]})


def predict(history, batch):
    return EVIL
