"""What a workspace remembers of its deliveries, by the name of the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

Digests = Mapping[str, str]


@dataclass(frozen=True)
class Noted:
    """Digests of what was delivered, by name.

    Parameters
    ----------
    delivered
        The course's version that each file goes back to: it was made of it, or merged with it.
    waiting
        The course's newer version, for a file that the learner has changed.
    samples
        What a sample was cut from.
    """

    delivered: Digests = field(default_factory=dict)
    waiting: Digests = field(default_factory=dict)
    samples: Digests = field(default_factory=dict)

    @classmethod
    def from_plain(cls, data: Mapping[str, Any]) -> Noted:
        """Read what :meth:`to_plain` wrote; earlier workbenches noted less."""
        return cls(**{kind: dict(data.get(kind, {})) for kind in asdict(cls())})

    def to_plain(self) -> dict[str, Any]:
        """Tell the same as plain JSON data."""
        return asdict(self)

    def settled(self, name: str, version: str) -> Noted:
        """Note that a file goes back to a version, and that no other waits."""
        left = {key: value for key, value in self.waiting.items() if key != name}
        return replace(self, delivered={**self.delivered, name: version}, waiting=left)

    def awaiting(self, name: str, version: str) -> Noted:
        """Note that a newer version of a file waits."""
        return replace(self, waiting={**self.waiting, name: version})

    def cut(self, name: str, source: str) -> Noted:
        """Note what a sample was cut from."""
        return replace(self, samples={**self.samples, name: source})


def within(digests: Digests, folder: str) -> dict[str, str]:
    """Keep those of a folder's files, by the names inside it."""
    prefix = f"{folder}/"
    return {k.removeprefix(prefix): v for k, v in digests.items() if k.startswith(prefix)}
