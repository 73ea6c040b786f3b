"""Who was erased, kept apart from the database: a backup from before brings them back, and then they are erased again (threat T39).

One line for each, with ids only: once somebody is erased, her id names nobody. A restore reads the list that lies here and the
one in the backup; what it owes stands in a second file until it is done.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

LIST, OWED = "erased", "erased-owed"


@dataclass(frozen=True)
class Erasure:
    """A person's whole account, or what one organisation held of a contact."""

    kind: str  # person, contact
    id: str
    organisation: int = 0  # of a contact
    by: str = ""  # of a contact: who asked for it


def note(home: Path, erasure: Erasure, at: datetime) -> None:
    """Add to the list, onto the disk; only its owner may read it. The list is not read, however long: twice is once to whoever reads it."""
    line = json.dumps({**asdict(erasure), "at": at.isoformat(timespec="seconds")})
    with os.fdopen(os.open(home / LIST, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600), "a", encoding="utf-8") as out:
        out.write(f"{line}\n")
        out.flush()
        os.fsync(out.fileno())


def noted(home: Path) -> list[Erasure]:
    """In the order in which they were erased, each once."""
    return list(_read(home / LIST))


def owe(home: Path, brought: Path) -> int:
    """A database from before comes: add what the backup's own list knows; how many are to be erased again."""
    whole = list({**_read(brought), **_read(home / LIST)}.values())
    if whole:
        for name in (OWED, LIST):
            half = home / f"{name}.part"
            half.write_text("\n".join(whole) + "\n", encoding="utf-8")
            half.chmod(0o600)
            half.rename(home / name)
    return len(whole)


def is_owed(home: Path) -> bool:
    return (home / OWED).exists()


def settled(home: Path) -> None:
    """All of them are erased again."""
    (home / OWED).unlink(missing_ok=True)


def _read(file: Path) -> dict[Erasure, str]:
    """Each erasure once, with its line."""
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line] if file.exists() else []
    found: dict[Erasure, str] = {}
    for line in lines:
        one = json.loads(line)
        found.setdefault(Erasure(one["kind"], one["id"], one["organisation"], one["by"]), line)
    return found
