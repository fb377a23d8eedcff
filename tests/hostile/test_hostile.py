"""Every hostile submission is judged for real: it wins nothing, harms nobody, leaves nothing.

Attacks on the network aim at loopback; attacks on resources are bounded, so that a sandbox that
fails harms nobody.
"""

import pytest

from .attacks import HERE, Attack, find_attacks
from .ground import SEED, Ground
from .judged import judge

BELTED = """
import os

for place in ("@HERE@/x", "/etc/x", os.path.expanduser("~root/x"), "/var/tmp/x"):
    try:
        open(place, "w")
    except OSError as problem:
        print(problem.strerror.split()[0])
print(os.getppid())
"""


@pytest.mark.long
@pytest.mark.parametrize("attack", find_attacks("process"))
def test_an_attack_at_level_process(ground: Ground, attack: Attack) -> None:
    judge(ground, attack, "process")


@pytest.mark.long
@pytest.mark.parametrize("attack", find_attacks("sandbox"))
def test_an_attack_at_level_sandbox(ground: Ground, attack: Attack) -> None:
    judge(ground, attack, "sandbox")
    assert ground.visitors() == 0


def test_the_belt_holds(ground: Ground) -> None:
    """What is judged at level process here cannot write outside, nor signal anyone outside."""
    exercise = ground.exercise("desk")
    folder = ground.root / "submissions/belt"
    folder.mkdir()
    (folder / "desk.py").write_text(BELTED.replace("@HERE@", str(HERE)))
    result = ground.grader("process", exercise).grade(exercise, folder, seed=SEED)
    assert result.checks[0].output.split() == ["Read-only"] * 4 + ["2"]


def test_the_last_neighbours_are_unharmed(ground: Ground) -> None:
    for key, culprits in ground.unchecked.items():
        if culprits:
            ground.check_neighbour(*key)
