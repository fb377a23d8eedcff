"""The learner process: runs one submission and answers the judge's questions.

It holds the inputs of the calls and nothing else: no expected value, no seed, no later batch.
All that its answers claim is weighed by the judge; nothing here needs to be trusted.
"""

from __future__ import annotations

import contextlib
import functools
import importlib.util
import inspect
import linecache
import os
import random
import socket
import sys
import traceback
import warnings
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from workbench.judging.bounds import Bounds
from workbench.judging.channel import Channel, ChannelClosed
from workbench.judging.confine import confine
from workbench.judging.file_tree import fold, read_files, unfold, write_files
from workbench.judging.packing import pack
from workbench.judging.plain import serve_plainly
from workbench.judging.steps import At, Steps
from workbench.judging.unpacking import unpack
from workbench.judging.untrusted import NotPlain
from workbench.judging.wire import Packed

_OPTIONAL = ("IPython", "dbruntime", "pyspark")  # MLflow asks for them again and again
_TEXT = 600


def prepare() -> None:
    """Do once, in the warm parent, what MLflow would do anew in every process.

    To map modules to packages was measured at 0.5 s, to read the history of the store's tables
    at 0.1 s, to configure them at 0.1 s; to list plugins and to compile the grammar of filters
    at 0.1 s; to look for three modules that are not installed, 50 times in a run, at 0.02 s.
    """
    for chore in (
        lambda: _module("mlflow.utils.requirements_utils")._init_packages_to_modules_map(),
        lambda: _module("sqlalchemy.orm").configure_mappers(),
        _read_history,
        lambda: _module("sqlparse.lexer").Lexer.get_default_instance(),
        lambda: _module("narwhals.plugins")._discover_entrypoints(),
        lambda: _module("mlflow.tracking._model_registry.utils")._get_store_registry(),
    ):
        with contextlib.suppress(KeyError, AttributeError):  # not imported, or another version
            chore()
    if "mlflow" in sys.modules:
        lacking: dict[str, Any] = {name: None for name in _OPTIONAL if not find_spec(name)}
        sys.modules.update(lacking)  # an import fails at once


def _read_history() -> None:
    tables = _module("mlflow.store.db.utils")
    tables._get_latest_schema_revision = functools.cache(tables._get_latest_schema_revision)
    tables._get_latest_schema_revision()


def _module(name: str) -> Any:
    return sys.modules[name]


def run(job: dict[str, Any], fds: list[int]) -> None:
    """Answer questions on the first descriptor; print to the second."""
    channel = Channel(socket.socket(fileno=fds[0]))
    folder = Path(job["folder"])
    _settle_in(folder, fds[1])
    confine(Bounds(**job["bounds"]))
    _Servant(folder, channel).serve()
    channel.close()


def _settle_in(folder: Path, output: int) -> None:
    """Make the process the learner's: folder, printed output, and fresh random numbers."""
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.close(output)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", errors="backslashreplace", closefd=False)
    sys.stderr = os.fdopen(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False)
    folder.mkdir(parents=True, exist_ok=True)  # it is there when a job was killed in it
    os.chdir(folder)
    os.environ["HOME"] = os.environ["TMPDIR"] = str(folder)
    sys.path.insert(0, str(folder))
    sys.dont_write_bytecode = True
    warnings.simplefilter("default")
    # every child of a warm parent would otherwise draw the same numbers
    np.random.seed(None)  # noqa: NPY002
    random.seed()


class _Servant:
    """Loads the submission and keeps what cannot travel behind handles."""

    def __init__(self, folder: Path, channel: Channel) -> None:
        self._folder = folder
        self._channel = channel
        self._modules: dict[str, ModuleType] = {}
        self._kept: list[object] = []
        self._ticket: object = None
        self._steps = Steps(self._last_words)

    def serve(self) -> None:
        while True:
            try:
                request = unpack(self._channel.receive())
                self._channel.send(self._answer(request))
            except ChannelClosed:
                return

    def _answer(self, request: dict[str, Any]) -> Packed:
        try:
            reply = self._do(request)
            packed = pack({"id": request["id"], **reply})
        except NotPlain as problem:
            packed = pack({"id": request["id"], "unplain": str(problem)})
        except MemoryError:
            packed = pack({"id": request["id"], "memory": True})
        except BaseException as problem:  # SystemExit and KeyboardInterrupt are answers too
            packed = pack({"id": request["id"], "raised": self._describe(problem)})
        for stream in (sys.stdout, sys.stderr):
            _flush(stream)
        return packed

    def _do(self, request: dict[str, Any]) -> dict[str, Any]:
        if request["op"] == "load":
            return self._load_all(request["files"], request["given"])
        if request["op"] == "test":
            return {"value": self._test(request)}
        if request["op"] == "lay":
            write_files(self._folder, unfold(request["files"]))
            return {"value": None}
        if request["op"] == "files":
            return {"value": fold(read_files(self._folder))}
        owner = None if request["handle"] is None else self._kept[request["handle"]]
        function = self._resolve(owner, request["name"])
        if isinstance(function, _Missing):
            return {"missing": function.kind}
        misfit = _misfit(function, request["args"], request["kwargs"])
        if misfit:
            return {"signature": misfit}
        self._ticket = request["id"]
        self._steps.begin(At(*(request["die_at"] or [0])))
        try:
            value = function(*request["args"], **request["kwargs"])
        finally:
            steps = self._steps.end()
        if request["keep"]:
            self._kept.append(value)
            return {"handle": len(self._kept) - 1, "type": type(value).__name__[:_TEXT]}
        return {"value": value} | ({} if request["die_at"] is None else {"steps": steps})

    def _last_words(self, done: str, next_one: str) -> None:
        self._channel.send(pack({"id": self._ticket, "dying": [done, next_one]}))

    def _load_all(self, files: dict[str, bytes], given: dict[str, bytes]) -> dict[str, Any]:
        write_files(self._folder, {**given, **files})
        for name in files:
            if name.endswith(".py"):
                self._modules[name[:-3]] = self._load(name[:-3])
        return {"value": None}

    def _test(self, request: dict[str, Any]) -> list[list[Any]]:
        # pytest takes a while to import, and most tasks have no tests
        from workbench.judging.learner_tests import run_file

        def ask(frame: Any) -> Any:
            self._channel.send(pack({"id": request["id"], "ask": frame}))
            reply = unpack(self._channel.receive())
            if "refused" in reply:
                raise ValueError(reply["refused"])
            return reply["answer"]

        write_files(self._folder, {**request["given"], **request["files"]})
        path = self._folder / request["file"]
        return run_file(path, ask, request["fixtures"], self._describe)

    def _load(self, name: str) -> ModuleType:
        path = self._folder / f"{name}.py"
        spec = importlib.util.spec_from_file_location(name, path)
        if spec is None or spec.loader is None:
            raise ImportError(f"{path.name} cannot be loaded")
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
        return module

    def _resolve(self, owner: object, name: str) -> Any:
        if owner is not None:
            return getattr(owner, name, _Missing("method"))
        for module in self._modules.values():
            if hasattr(module, name):
                return getattr(module, name)
        return _Missing("function")

    def _describe(self, problem: BaseException) -> dict[str, Any]:
        """Describe an exception by the learner's own lines."""
        frames = traceback.extract_tb(problem.__traceback__)
        own = [frame for frame in frames if Path(frame.filename).parent == self._folder]
        if isinstance(problem, SyntaxError) and problem.filename:
            place = [(Path(problem.filename).name, problem.lineno or 0, problem.text or "")]
        else:
            place = [(Path(f.filename).name, f.lineno or 0, f.line or "") for f in own[-3:]]
        innermost = bool(frames and own and frames[-1] == own[-1])
        return {
            "type": type(problem).__name__[:_TEXT],
            "text": _text_of(problem),
            "frames": [[name, line, code.strip()[:_TEXT]] for name, line, code in place],
            "starter": isinstance(problem, NotImplementedError) and innermost,
        }


class _Missing:
    def __init__(self, kind: str) -> None:
        self.kind = kind


def _misfit(function: Any, args: list[Any], kwargs: dict[str, Any]) -> str:
    """Tell in which way a call would not fit the signature; empty when it fits."""
    if not callable(function):
        return f"it is {type(function).__name__}, not a function"
    try:
        inspect.signature(function).bind(*args, **kwargs)
    except TypeError as problem:
        return str(problem)
    except ValueError:  # some built-in callables tell no signature
        return ""
    return ""


def _text_of(problem: BaseException) -> str:
    try:
        text = problem.msg if isinstance(problem, SyntaxError) else str(problem)
        return str.__str__(text)[:_TEXT].encode("utf-8", "backslashreplace").decode()
    except BaseException:  # __str__ is the learner's and may do anything
        return "(an exception that cannot be printed)"


def _flush(stream: Any) -> None:
    try:
        stream.flush()
    except BaseException:  # the learner may have closed or replaced it
        return


def main() -> None:
    """Run as a plainly started process."""
    linecache.clearcache()
    serve_plainly(run)


if __name__ == "__main__":
    main()
