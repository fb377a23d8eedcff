"""Does the room keep its word: runnable examples, light and one-way imports?"""

import doctest
import importlib
import pkgutil
import subprocess
import sys

import pytest

import workbench.scenarios

MODULES = [module.name for module in pkgutil.iter_modules(workbench.scenarios.__path__)]


@pytest.mark.parametrize("module", MODULES)
def test_examples_in_docstrings_run(module):
    assert doctest.testmod(importlib.import_module(f"workbench.scenarios.{module}")).failed == 0


def test_all_public_names_exist():
    assert all(hasattr(workbench.scenarios, name) for name in workbench.scenarios.__all__)


def test_the_table_is_not_imported():
    code = "import sys, workbench.scenarios; print('workbench.flights.table' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
