"""The way in: the command ``workbench``, and ``python -m workbench``."""

from __future__ import annotations

import errno
import io
import os
import signal
import sys

from workbench.reports.letters import spell_out


def main() -> None:
    """Run the command; whatever happens, it ends with a sentence and a status."""
    sys.stdout = _patient(sys.stdout)
    for stream in (sys.stdout, sys.stderr):
        spell_out(stream)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # whoever ends us, we tidy up
    try:
        from workbench.cli.commands import app  # here: Ctrl-C may also come during the imports

        app(prog_name="workbench")
    except KeyboardInterrupt:
        print("\nInterrupted; nothing was begun.", file=sys.stderr)  # noqa: T201
        raise SystemExit(130) from None
    except Exception:
        import traceback

        traceback.print_exc()
        print(  # noqa: T201
            "This is a fault of the workbench, not yours. Please report the lines above.",
            file=sys.stderr,
        )
        raise SystemExit(2) from None


_GONE = (errno.EPIPE, errno.EINVAL)  # Windows says the latter


class _PatientStream(io.TextIOWrapper):
    """A stream that falls silent when its reader has gone: an attempt is not lost for `| head`."""

    def write(self, text: str) -> int:
        try:
            return super().write(text)
        except OSError as problem:
            self._forgive(problem)
            return len(text)

    def flush(self) -> None:
        try:
            super().flush()
        except OSError as problem:
            self._forgive(problem)

    def _forgive(self, problem: OSError) -> None:
        if problem.errno not in _GONE:
            raise problem
        os.dup2(os.open(os.devnull, os.O_WRONLY), self.fileno())


def _patient(stream: object) -> io.TextIOWrapper:
    if not isinstance(stream, io.TextIOWrapper):
        return stream  # type: ignore[return-value]  # closed, or replaced by a test
    encoding, errors, buffering = stream.encoding, stream.errors, stream.line_buffering
    return _PatientStream(stream.detach(), encoding, errors, line_buffering=buffering)


if __name__ == "__main__":
    main()
