"""The subcommand costs the command nothing: the heavy libraries stay out."""

import subprocess
import sys
from pathlib import Path

HEAVY = {"pandas", "numpy", "sklearn", "mlflow", "great_expectations", "pytest", "rich"}


def test_the_import_is_light():
    code = "import workbench.author.cli, sys; print(*sys.modules)"
    cwd = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=cwd)
    assert HEAVY.isdisjoint(done.stdout.split()), done.stderr
    assert "workbench.author.cli" in done.stdout
