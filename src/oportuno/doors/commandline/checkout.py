"""The folder we run from, and how its parts are made: commands with a log, a lock, lines of progress.

Only the standard library is used here, like in `install.py`.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


class Problem(Exception):
    """Why it cannot go on, and what to do: one sentence."""


@dataclass(frozen=True)
class Checkout:
    """Where everything lies."""

    root: Path

    @property
    def python(self) -> Path:
        return self.root / ".venv" / "bin" / "python"

    @property
    def uv(self) -> Path:
        return self.root / ".tool" / "bin" / "uv"

    @property
    def log(self) -> Path:
        return self.root / ".tool" / "install.log"

    def requirements(self, name: str) -> Path:
        return self.root / "requirements" / f"{name}.txt"


def fingerprint(checkout: Checkout, name: str) -> str:
    """Of a set of packages; the checkout's place counts, because environments know their own."""
    return hashlib.sha256(checkout.requirements(name).read_bytes() + str(checkout.root).encode()).hexdigest()


def stamp(checkout: Checkout) -> Path:
    return checkout.root / ".venv" / "made-from"


def run(checkout: Checkout, command: list[str], sentence: str, more: dict[str, str] | None = None) -> None:
    """Run `command`; if it fails, its reason follows `sentence`, and the rest is in the log."""
    done = subprocess.run(
        command,
        cwd=checkout.root,
        env={**os.environ, **(more or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    if done.returncode != 0:
        checkout.log.write_text(f"$ {' '.join(command)}\n{done.stdout}")
        lines = [line.strip() for line in done.stdout.splitlines() if line.strip()]
        errors = [line for line in lines if "error" in line.lower()]
        reason = (errors or lines[-1:] or ["no reason given"])[0]
        raise Problem(f"{sentence}: {reason} (all of it in {checkout.log})")


@contextlib.contextmanager
def alone_in(root: Path) -> Iterator[None]:
    """Two commands begun together install once; the lock is on the folder itself, which needs no right to write."""
    folder = os.open(root, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


@contextlib.contextmanager
def step(name: str) -> Iterator[None]:
    started = time.monotonic()
    yield
    say(f"  {name:<16} {time.monotonic() - started:5.1f} s")


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
