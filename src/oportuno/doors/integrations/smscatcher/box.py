"""Caught texts on disk: one file each, whole or not there, the newest thousand."""

from __future__ import annotations

import json
import os
import re
import threading
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

MOST = 1000
NAME = re.compile(r"\d{19}\.\d+_\d+\Z")


def caught_sms(home: Path) -> Path:
    return home / "caught-sms"


@dataclass(frozen=True)
class CaughtText:
    """`protocol` is kannel or twilio; `reference` the name that the catcher gave it."""

    name: str
    to: str
    sender: str
    text: str
    protocol: str
    reference: str

    @property
    def at(self) -> datetime:
        return datetime.fromtimestamp(int(self.name[:19]) / 1e9, UTC)


class Box:
    """The folder; the process that catches and the page that shows each have one of these."""

    def __init__(self, folder: Path, most: int = MOST) -> None:
        self.folder, self.most, self._number = folder, most, 0
        self._lock = threading.Lock()
        folder.mkdir(parents=True, exist_ok=True)

    def keep(self, *, to: str, sender: str, text: str, protocol: str, reference: str) -> CaughtText:
        with self._lock:
            self._number += 1
            name = f"{time.time_ns():019d}.{os.getpid()}_{self._number}"
        found = CaughtText(name, to, sender, text, protocol, reference)
        part = self.folder / f".{name}"
        part.write_text(json.dumps(asdict(found), ensure_ascii=False), encoding="utf-8")
        part.rename(self.folder / name)
        for old in self._names()[: -self.most]:
            (self.folder / old).unlink(missing_ok=True)
        return found

    def latest(self, recipient: str = "", limit: int = 100) -> list[CaughtText]:
        """The newest first; with `recipient`, those to numbers with these digits."""
        found: list[CaughtText] = []
        for name in reversed(self._names()):
            one = self._read(name)
            if one and recipient in one.to:
                found.append(one)
            if len(found) == limit:
                break
        return found

    def delete_all(self) -> None:
        for name in self._names():
            (self.folder / name).unlink(missing_ok=True)

    def _names(self) -> list[str]:
        return sorted(entry.name for entry in os.scandir(self.folder) if NAME.match(entry.name))

    def _read(self, name: str) -> CaughtText | None:
        try:
            return CaughtText(**json.loads((self.folder / name).read_text(encoding="utf-8")))
        except FileNotFoundError:  # dropped while we looked
            return None
