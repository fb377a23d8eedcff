"""Attacks on exercises of the real course: suites that the judge itself runs, and monitors."""

import pytest

from .attacks import Attack, find_attacks
from .ground import Ground
from .judged import judge


@pytest.mark.long
@pytest.mark.parametrize("attack", find_attacks("process", ours=False))
def test_an_attack_on_a_real_exercise(ground: Ground, attack: Attack) -> None:
    judge(ground, attack, "process")
