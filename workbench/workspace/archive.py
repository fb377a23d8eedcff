"""Progress as one file: a zip archive that is trusted no further than it is checked."""

from __future__ import annotations

import json
import os
import re
import stat
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from workbench import __version__
from workbench.judging.submission import MAX_FILE

VERSION = 2  # 1 had no bases
MAX_TOTAL = 300_000_000
MAX_ENTRIES = 20_000
_NOTE = "workbench-export.json"
_LEDGER = "attempts.jsonl"
_KINDS = ("submissions", "files", "bases")
# Windows takes names such as aux.py for devices
_PART = re.compile(
    r"""(?!\.|(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$))[^/\\:*?"<>|\x00-\x1f\ud800-\udfff]{1,100}""",
    re.IGNORECASE,
)
_PARTS = 12


class ArchiveError(Exception):
    """An archive that cannot be written, or is not to be trusted."""


@dataclass(frozen=True)
class Archive:
    """The progress of a workspace.

    Parameters
    ----------
    ledger
        The ledger's whole lines.
    submissions
        The files that were handed in, by name, by the attempt's id.
    files
        The files that the learner wrote or changed, by name, by the exercise's id: the folder of
        an exercise may have another number elsewhere.
    bases
        The same files as they were delivered: what a later merge goes out from.
    """

    ledger: bytes
    submissions: Mapping[str, Mapping[str, bytes]]
    files: Mapping[str, Mapping[str, bytes]]
    bases: Mapping[str, Mapping[str, bytes]]

    def write(self, path: Path) -> None:
        """Write the archive whole or not at all.

        Raises
        ------
        ArchiveError
            When the file is there already, or would be too large to be read again.
        """
        if path.exists():
            raise ArchiveError(f"{path} is there already. Give another name, or remove it first.")
        entries = dict(self._entries())
        if len(entries) > MAX_ENTRIES or sum(map(len, entries.values())) > MAX_TOTAL:
            raise ArchiveError(
                f"There is more than an export can hold ({MAX_ENTRIES:,} files, "
                f"{MAX_TOTAL / 1e6:.0f} MB). Move large folders out of the workspace."
            )
        draft = path.with_name(f".{path.name}.part")
        try:
            with draft.open("wb") as file:
                with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                    for name, data in entries.items():
                        archive.writestr(name, data)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)

    def _entries(self) -> Iterator[tuple[str, bytes]]:
        yield _NOTE, json.dumps({"version": VERSION, "workbench": __version__}).encode()
        yield _LEDGER, self.ledger
        for kind in _KINDS:
            for owner, named in getattr(self, kind).items():
                for name, data in named.items():
                    yield f"{kind}/{owner}/{name}", data


def read_archive(path: Path) -> Archive:
    """Read an archive, without writing anything.

    Raises
    ------
    ArchiveError
        When it is none of ours, damaged, too large, by a newer workbench, or holds a name that
        could lead out of a folder.
    """
    try:
        if path.stat().st_size > MAX_TOTAL:
            raise ArchiveError(f"{path} is too large for an export of the workbench.")
        with zipfile.ZipFile(path) as archive:
            entries = _read_entries(archive)
    except FileNotFoundError:
        raise ArchiveError(f"{path} is not there. Give the file that `export` wrote.") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as problem:
        raise ArchiveError(f"{path} is damaged, or no zip archive. Export again.") from problem
    _require_known(entries.pop(_NOTE, b""), path)
    ledger = entries.pop(_LEDGER, b"")
    found: dict[str, dict[str, dict[str, bytes]]] = {kind: defaultdict(dict) for kind in _KINDS}
    for name, data in entries.items():
        kind, _, rest = name.partition("/")
        owner, _, file = rest.partition("/")
        if kind not in found or not file:
            raise ArchiveError(f"The archive holds {name!r}, which no export does. Export again.")
        found[kind][owner][file] = data
    return Archive(ledger, **found)


def is_plain(name: str) -> bool:
    """Whether a name is safe below a folder, on every system: nothing hidden, no way up."""
    parts = name.split("/")
    return len(parts) <= _PARTS and all(
        _PART.fullmatch(part) and not part.endswith((" ", ".")) for part in parts
    )


def _read_entries(archive: zipfile.ZipFile) -> dict[str, bytes]:
    members = [member for member in archive.infolist() if not member.is_dir()]
    if len(members) > MAX_ENTRIES or sum(m.file_size for m in members) > MAX_TOTAL:
        raise ArchiveError("The archive holds more than an export may. Nothing was changed.")
    entries: dict[str, bytes] = {}
    for member in members:
        _require_sound(member)
        entries[member.filename] = archive.read(member)
    if len({name.lower() for name in entries}) < len(members):
        raise ArchiveError("The archive holds a name twice. Nothing was changed; export again.")
    return entries


def _require_sound(member: zipfile.ZipInfo) -> None:
    name, mode = member.filename, member.external_attr >> 16
    if not is_plain(name) or (stat.S_IFMT(mode) not in (0, stat.S_IFREG)):
        raise ArchiveError(f"The archive holds {name!r}, which is not safe. Nothing was changed.")
    if member.flag_bits & 1:
        raise ArchiveError("The archive is encrypted. Take the file that `export` wrote.")
    if name != _LEDGER and member.file_size > MAX_FILE:
        raise ArchiveError(f"{name} in the archive is too large. Nothing was changed.")


def _require_known(note: bytes, path: Path) -> None:
    try:
        version = int(json.loads(note)["version"])
    except (ValueError, KeyError, TypeError):
        raise ArchiveError(f"{path} is not an export of the workbench.") from None
    if version > VERSION:
        raise ArchiveError(
            f"{path} is by a newer workbench (version {version}; this one knows {VERSION}); "
            "nothing was changed. Upgrade with `pip install -U mlops-workbench`."
        )
