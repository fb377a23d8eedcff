"""The warm parent and whoever asks it, one judge after the other."""

import json
import socket
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from workbench.judging.bounds import Bounds
from workbench.judging.processes import LEARNER, Nursery, StarterLost, can_fork


@pytest.fixture
def nursery(tmp_path: Path) -> Iterator[Nursery]:
    if not can_fork():
        pytest.skip("warm parents fork")
    warm = Nursery.open(LEARNER, (), str(tmp_path))
    yield warm
    warm.close()


def test_the_answer_that_an_ended_judge_did_not_read_is_passed_over(
    nursery: Nursery, tmp_path: Path
) -> None:
    ours, theirs = socket.socketpair()
    output = (tmp_path / "output").open("wb")
    fds = [theirs.fileno(), output.fileno()]
    jobs = [{"folder": str(tmp_path / name), "bounds": asdict(Bounds())} for name in ("a", "b")]
    with ours, theirs, output:
        unread = {"op": "start", "job": jobs[0], "ticket": "an ended judge's"}
        socket.send_fds(nursery._control, [json.dumps(unread).encode()], fds)
        begun = nursery.start(jobs[1], fds[1:])
        with begun.channel:
            assert nursery.end(begun.pid).memory > 0


def test_a_warm_parent_that_ended_is_lost(nursery: Nursery, tmp_path: Path) -> None:
    assert nursery._process
    nursery._process.kill()
    nursery._process.wait()
    with pytest.raises(StarterLost):
        nursery.end(1)
    assert nursery.lost
