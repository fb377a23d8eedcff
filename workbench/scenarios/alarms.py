"""Scores of a monitor's alarms against the truth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from workbench.scenarios.errors import require
from workbench.scenarios.truth import Truth


@dataclass(frozen=True)
class AlarmScore:
    """What alarms were worth; None where a number is undefined.

    Parameters
    ----------
    detected
        Whether any active week had an alarm; None if nothing was planted.
    delay
        Weeks from the onset to the first alarm in an active week, 0 for an alarm in the onset's
        own week; None if nothing was planted or detected.
    missed
        Number of spells (runs of active weeks) without an alarm; None if nothing was planted.
    false_alarm_rate
        Share of calm weeks with an alarm; None if no week was calm.
    standing
        Share of active weeks with an alarm, from the first detection on: 1 says that the alarm
        stood as long as its cause; None if nothing was planted or detected.
    """

    detected: bool | None
    delay: int | None
    missed: int | None
    false_alarm_rate: float | None
    standing: float | None


def score_alarms(alarms: Sequence[bool], truth: Truth) -> AlarmScore:
    """Score one alarm or silence per week.

    An alarm in a calm week is false wherever it stands, between two spells as well: how long
    before the onset it came does not matter.

    Parameters
    ----------
    alarms
        One bool per week of the truth, in its order.
    truth
        The weeks and what was at work in them.

    Raises
    ------
    ScenarioError
        If the alarms are not one bool per week.

    References
    ----------
    Basseville and Nikiforov (1993), Detection of Abrupt Changes, for the mean delay and the
    rate of false alarms; Bifet (2017), Classifier concept drift detection and the illusion of
    progress, for the need to score both, and missed detections with them.

    Examples
    --------
    >>> truth = Truth(weeks=(14, 15, 16, 17, 18), strength=(0, 0, 1, 1, 1))
    >>> score_alarms([False, True, False, True, True], truth)
    AlarmScore(detected=True, delay=1, missed=0, false_alarm_rate=0.5, standing=1.0)
    >>> score_alarms([False] * 5, truth)
    AlarmScore(detected=False, delay=None, missed=1, false_alarm_rate=0.0, standing=None)
    >>> score_alarms([False] * 2, Truth(weeks=(14, 15), strength=(0, 0)))
    AlarmScore(detected=None, delay=None, missed=None, false_alarm_rate=0.0, standing=None)
    """
    _check(alarms, truth)
    rang = [bool(alarm) for alarm in alarms]
    active = [position for spell in truth.spells for position in spell]
    calm = [position for position, on in enumerate(truth.active) if not on]
    first = next((position for position in active if rang[position]), None)
    return AlarmScore(
        detected=first is not None if active else None,
        delay=None if first is None else truth.weeks[first] - truth.weeks[active[0]],
        missed=_missed(rang, truth) if active else None,
        false_alarm_rate=_share(rang, calm),
        standing=None if first is None else _share(rang, [p for p in active if p >= first]),
    )


def _check(alarms: Sequence[bool], truth: Truth) -> None:
    require(
        len(alarms) == len(truth.weeks),
        f"One alarm or silence per week is needed: {len(truth.weeks)}, not {len(alarms)}.",
    )
    for week, alarm in zip(truth.weeks, alarms, strict=True):
        # Other types would be taken for alarms by their truth value: "no", or NaN.
        require(
            isinstance(alarm, bool | np.bool_), f"The alarm of week {week} is {alarm!r}, no bool."
        )


def _missed(rang: list[bool], truth: Truth) -> int:
    return sum(not any(rang[position] for position in spell) for spell in truth.spells)


def _share(rang: list[bool], positions: list[int]) -> float | None:
    return sum(rang[position] for position in positions) / len(positions) if positions else None
