"""A judge that stays warm: ``python -m workbench.watching.worker ID`` serves standard input.

A request is a line of JSON with a folder, a seed, and where to keep what is logged. Each answer is
one too: ``check`` as a check ends, then ``result``. The end of the input ends the process at once,
whatever it does: so nothing stays when the command that asks is killed.
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
from pathlib import Path

from workbench.judging.grade import Grader
from workbench.results import CheckResult
from workbench.workspace.desk import open_course

_TURN = 0.5  # seconds


def main(arguments: Sequence[str]) -> None:
    """Serve the exercise that the first argument names."""
    requests: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    with contextlib.suppress(KeyboardInterrupt, BrokenPipeError):
        for kind in (signal.SIGINT, signal.SIGTERM):  # also where they were ignored
            signal.signal(kind, signal.default_int_handler)
        threading.Thread(target=_listen, args=(requests,), daemon=True).start()
        _serve(arguments[0], requests)


def _serve(name: str, requests: queue.SimpleQueue[bytes]) -> None:
    exercise = open_course().find(name)
    with Grader(exercise.needs, exercise.imports) as grader:
        while True:
            request = json.loads(_next(requests))
            result = grader.grade(
                exercise,
                Path(request["folder"]),
                seed=request["seed"],
                on_check=_tell,
                keep=Path(request["keep"]),
            )
            _say(f'{{"result": {result.to_json()}}}')


def _next(requests: queue.SimpleQueue[bytes]) -> bytes:
    """Wait for a request, in short turns: on Windows no signal gets through a long one."""
    while True:
        with contextlib.suppress(queue.Empty):
            return requests.get(timeout=_TURN)


def _listen(requests: queue.SimpleQueue[bytes]) -> None:
    """Pass requests on, and interrupt the main thread at their end.

    Unbuffered: a buffered reader that waits cannot be left when the interpreter ends.
    """
    with io.FileIO(0, closefd=False) as lines:
        for line in lines:
            requests.put(line)
    if sys.platform == "win32":
        signal.raise_signal(signal.SIGINT)
    else:
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)


def _tell(check: CheckResult) -> None:
    # without the evidence: it comes with the result
    _say(json.dumps({"check": {**asdict(check), "numbers": {}, "figures": []}}))


def _say(line: str) -> None:
    data = line.encode("ascii") + b"\n"
    while data:
        data = data[os.write(1, data) :]


if __name__ == "__main__":
    main(sys.argv[1:])
