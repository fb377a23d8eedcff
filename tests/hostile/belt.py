"""A seat belt for whoever runs these tests.

Level ``process`` gives a submission the rights of its learner, who has written it. Attacks are
written by us, to be run by others: a mistake in one of them (a folder removed by another name
than was meant) must not cost its reader a home. So the warm parent of their processes sees
everything, and can write below one folder and signal its own descendants only.
"""

import shutil
from collections.abc import Sequence
from pathlib import Path

BUBBLEWRAP = shutil.which("bwrap")


def belt(folder: Path, home: str) -> Sequence[str]:
    """The words in front of the warm parent's command."""
    assert BUBBLEWRAP
    return [
        BUBBLEWRAP, "--die-with-parent", "--cap-drop", "ALL", "--unshare-pid", "--unshare-ipc",
        "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc",
        "--bind", str(folder), str(folder), "--chdir", home,
    ]  # fmt: skip
