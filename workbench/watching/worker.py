"""A judge that stays warm: ``python -m workbench.watching.worker ID`` serves standard input.

A request is a line of JSON with a number, a folder, a seed, and where to keep what is logged. Each
answer is one too, with the number: ``check`` as a check ends, then ``result``. A line with nothing
but a number gives that judgement up. The end of the input ends the process at once, whatever it
does: so nothing stays when the command that asks is killed.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import queue
import signal
import sys
import threading
from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from workbench.judging.grade import Abandoned, Grader
from workbench.results import CheckResult
from workbench.workspace.desk import open_course

_TURN = 0.5  # seconds


class _Requests:
    """What was asked for, and up to which number it was given up."""

    def __init__(self) -> None:
        self._waiting: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
        self._given_up = 0

    def hear(self, line: bytes) -> None:
        request = json.loads(line)
        if "folder" in request:
            self._waiting.put(request)
        else:
            self._given_up = request["number"]

    def next(self) -> dict[str, Any]:
        """Wait for one, in short turns: on Windows no signal gets through a long one."""
        while True:
            with contextlib.suppress(queue.Empty):
                return self._waiting.get(timeout=_TURN)

    def are_done_with(self, number: int) -> bool:
        return number <= self._given_up


def main(arguments: Sequence[str]) -> None:
    """Serve the exercise that the first argument names."""
    requests = _Requests()
    with contextlib.suppress(KeyboardInterrupt, BrokenPipeError):
        for kind in (signal.SIGINT, signal.SIGTERM):  # also where they were ignored
            signal.signal(kind, signal.default_int_handler)
        threading.Thread(target=_listen, args=(requests,), daemon=True).start()
        _serve(arguments[0], requests)


def _serve(name: str, requests: _Requests) -> None:
    exercise = open_course().find(name)
    with Grader(exercise.needs, exercise.imports) as grader:
        while True:
            request = requests.next()
            number = request["number"]
            with contextlib.suppress(Abandoned):
                result = grader.grade(
                    exercise,
                    Path(request["folder"]),
                    seed=request["seed"],
                    on_check=partial(_tell, number),
                    keep=Path(request["keep"]),
                    given_up=partial(requests.are_done_with, number),
                )
                _say(f'{{"number": {number}, "result": {result.to_json()}}}')


def _listen(requests: _Requests) -> None:
    """Pass requests on, and interrupt the main thread at their end.

    Unbuffered: a buffered reader that waits cannot be left when the interpreter ends.
    """
    with io.FileIO(0, closefd=False) as lines:
        for line in lines:
            requests.hear(line)
    if sys.platform == "win32":
        signal.raise_signal(signal.SIGINT)
    else:
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)


def _tell(number: int, check: CheckResult) -> None:
    # without the evidence: it comes with the result
    brief = {**asdict(check), "numbers": {}, "figures": []}
    _say(json.dumps({"number": number, "check": brief}))


def _say(line: str) -> None:
    data = line.encode("ascii") + b"\n"
    while data:
        data = data[os.write(1, data) :]


if __name__ == "__main__":
    main(sys.argv[1:])
