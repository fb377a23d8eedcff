"""The warm judge as the command sees it: ask, be told, or abandon."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbench.apart import apart
from workbench.course import Exercise
from workbench.practice import own_environment

_PATIENCE = 10.0


@dataclass(frozen=True)
class Told:
    """An answer of the judge.

    Parameters
    ----------
    speaker
        The process that answered: it may be one that was replaced.
    document
        ``check`` or ``result``, with the number of the question; empty when the process has ended.
    """

    speaker: subprocess.Popen[bytes]
    document: dict[str, Any]


class WarmJudge:
    """Judges one exercise in a process that keeps its libraries imported.

    Parameters
    ----------
    exercise
        The exercise.
    log
        A file for what goes wrong.
    tell
        Called with each answer, from another thread.
    """

    def __init__(self, exercise: Exercise, log: Path, tell: Callable[[Told], None]) -> None:
        self._exercise = exercise
        self._log = log
        self._tell = tell
        self._asked = 0
        self._begun: list[subprocess.Popen[bytes]] = []
        self._process = self._begin()

    def ask(self, folder: Path, seed: int, keep: Path) -> None:
        """Have the files in a folder judged; what they log with MLflow is kept in another."""
        if self._process.poll() is not None:
            self._process = self._begin()
        self._asked += 1
        self._write({"folder": str(folder), "seed": seed, "keep": str(keep)})

    def abandon(self) -> None:
        """End the judgement that runs; the judge stays warm."""
        self._write({})

    def close(self) -> None:
        """End, and only return when nothing is left."""
        for process in self._begun:
            _dismiss(process)
        for process in self._begun:
            try:
                process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def is_speaking(self, told: Told) -> bool:
        """Whether an answer is to what was asked last, or its judge has ended."""
        is_last = told.document.get("number", self._asked) == self._asked
        return told.speaker is self._process and is_last

    @property
    def last_words(self) -> str:
        """What the judge said when something went wrong."""
        lines = self._log.read_text(errors="replace").strip().splitlines()
        return lines[-1] if lines else "it said nothing."

    def _write(self, what: dict[str, Any]) -> None:
        request = json.dumps({"number": self._asked, **what}).encode() + b"\n"
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # it has just ended, and will be told to have
            self._process.stdin.write(request)

    def _begin(self) -> subprocess.Popen[bytes]:
        with self._log.open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-P", "-m", "workbench.watching.worker", self._exercise.id],
                env=own_environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                bufsize=0,
                **apart(),  # Ctrl-C is the command's to handle
            )
        self._begun = [*(p for p in self._begun if p.poll() is None), process]
        threading.Thread(target=self._listen, args=(process,), daemon=True).start()
        return process

    def _listen(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        with open(process.stdout.fileno(), "rb", closefd=False) as answers:
            for line in answers:
                if line.endswith(b"\n"):
                    self._tell(Told(process, json.loads(line)))
        self._tell(Told(process, {}))


def _dismiss(process: subprocess.Popen[bytes]) -> None:
    assert process.stdin is not None
    process.stdin.close()
