from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from workbench.workspace.durable import Busy, append_line, exclusive, write_whole

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits and signals of POSIX")

LIMITED = """
import resource, sys
from pathlib import Path
from workbench.workspace.durable import append_line, write_whole
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
folder = Path(sys.argv[1])
try:
    {act}
except OSError as problem:
    print(problem.errno)
"""


def run_limited(act: str, folder: Path) -> int:
    """Run with files of at most 1000 bytes, which is how a full disk looks to a writer."""
    code = LIMITED.format(act=act)
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=True
    )
    return int(done.stdout)


def test_is_a_file_replaced_as_a_whole(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "file"
    write_whole(target, b"old", scratch=tmp_path / "scratch")
    write_whole(target, b"new", scratch=tmp_path / "scratch")
    assert target.read_bytes() == b"new"
    assert list((tmp_path / "scratch").iterdir()) == []


def test_does_a_full_disk_leave_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "file"
    target.write_bytes(b"old")
    act = "write_whole(folder / 'file', b'x' * 5000, scratch=folder / 'scratch')"
    assert run_limited(act, tmp_path) == errno.EFBIG
    assert target.read_bytes() == b"old"


def test_does_a_full_disk_take_back_half_a_line(tmp_path: Path) -> None:
    ledger = tmp_path / "ledger"
    ledger.write_bytes(b"one\n" + b"x" * 900 + b"\n")
    before = ledger.read_bytes()
    errno_seen = run_limited("append_line(folder / 'ledger', b'y' * 500)", tmp_path)
    assert errno_seen in (errno.ENOSPC, errno.EFBIG)
    assert ledger.read_bytes() == before


def test_is_a_torn_line_closed_and_kept(tmp_path: Path) -> None:
    ledger = tmp_path / "ledger"
    ledger.write_bytes(b"one\ntw")
    append_line(ledger, b"three", closing=b" (cut off)")
    assert ledger.read_bytes() == b"one\ntw (cut off)\nthree\n"


def test_does_an_interrupt_take_a_line_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = tmp_path / "ledger"
    append_line(ledger, b"one")

    def interrupted(handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        append_line(ledger, b"two")
    assert ledger.read_bytes() == b"one\n"


def test_is_the_second_refused_while_the_first_works(tmp_path: Path) -> None:
    with exclusive(tmp_path / "lock"), pytest.raises(Busy), exclusive(tmp_path / "lock"):
        pass
    with exclusive(tmp_path / "lock"):
        pass


def test_does_the_death_of_a_process_free_its_lock(tmp_path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path\n"
        "from workbench.workspace.durable import exclusive\n"
        "with exclusive(Path(sys.argv[1])): os.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path / "lock")])
    assert done.returncode == -9
    with exclusive(tmp_path / "lock"):
        pass


def test_is_a_lock_in_a_forbidden_place_no_busy_lock(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OSError), exclusive(tmp_path / "file" / "lock"):
        pass
