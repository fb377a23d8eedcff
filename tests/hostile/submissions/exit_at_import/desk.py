"""Exits and results: ends the process with success before anything is asked.

Earns: 0
Ends: error
"""

import os

os._exit(0)
