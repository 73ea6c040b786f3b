"""A market brought back from a backup sends nothing until somebody says that it is the one that goes on.

A file in the market's home says so: it holds for all of its processes, and before there is a database to ask.
"""

from __future__ import annotations

from pathlib import Path

FLAG = "disarmed"


def is_disarmed(home: Path) -> bool:
    return (home / FLAG).exists()


def why_disarmed(home: Path) -> str:
    """One sentence, as it was told; empty for a market that may send."""
    return (home / FLAG).read_text(encoding="utf-8").strip() if is_disarmed(home) else ""


def disarm(home: Path, why: str) -> None:
    (home / FLAG).write_text(f"{why}\n", encoding="utf-8")


def arm(home: Path) -> bool:
    """Let it send again; False when it might already."""
    was = is_disarmed(home)
    (home / FLAG).unlink(missing_ok=True)
    return was
