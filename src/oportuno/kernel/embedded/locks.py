"""File locks. The operating system releases them when their holder dies, however it dies."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def held(home: Path, name: str = ".lock") -> Iterator[None]:
    """Alone in `home`: others wait until the block ends."""
    with (home / name).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


class Wanted:
    """Our share of a lock that every user of the server holds."""

    def __init__(self, file: IO[str]) -> None:
        self.file = file

    def by_nobody_else(self) -> bool:
        """Ask while alone in the home, else somebody may come just after the answer."""
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@contextmanager
def still_wanted(home: Path) -> Iterator[Wanted]:
    """Say to others that we use the server, until the block ends."""
    with (home / ".users").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        yield Wanted(file)
