"""The wheel carries the course: it works installed, outside a clone."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from workbench.paths import cache_root

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel's content, as an installer lays it out."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*pip, "--wheel-dir", folder, ROOT], check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def run(installed: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "PYTHONPATH": str(installed),
        "WORKBENCH_CACHE": str(cache_root()),
    }
    return subprocess.run(
        [sys.executable, "-m", "workbench", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
    )


def test_the_wheel_holds_the_course_and_nothing_of_the_workshop(installed: Path) -> None:
    carried = {path.name for path in (installed / "workbench/_course").iterdir()}
    assert carried == {"exercises", "solutions", "datasets"}
    top = {path.name for path in installed.iterdir() if not path.name.endswith(".dist-info")}
    assert top == {"workbench"}


def test_a_solution_of_the_installed_course_passes(installed: Path, tmp_path: Path) -> None:
    listed = run(installed, tmp_path, "list", "--json")
    assert listed.returncode == 0, listed.stderr
    solution = installed / "workbench/_course/solutions/01_data_validation/1_first_suite"
    judged = run(
        installed, tmp_path, "check", "first_suite", "--submission", str(solution), "--json"
    )
    assert '"outcome": "passed"' in judged.stdout, judged.stdout + judged.stderr
    assert judged.returncode == 0
