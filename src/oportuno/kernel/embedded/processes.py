"""Which process serves a data folder, if any. A pid file alone proves nothing."""

from __future__ import annotations

import os
from pathlib import Path

PROC = Path("/proc")


def server_pid(data: Path) -> int | None:
    """The pid in postmaster.pid when it is a living PostgreSQL: not dead, a zombie, or a recycled number."""
    try:
        pid = int((data / "postmaster.pid").read_text().split()[0])
    except (FileNotFoundError, IndexError, ValueError):
        return None
    if not PROC.exists():  # macOS
        return pid if _answers(pid) else None
    return pid if _is_postgres(pid) and not _is_dead(pid) else None


def leftovers(data: Path) -> list[int]:
    """Living PostgreSQL processes that still work in `data`: children of a server that was killed.

    They end by themselves within moments; a new server must not start before.
    """
    if not PROC.exists():
        return []
    pids = (int(entry.name) for entry in PROC.iterdir() if entry.name.isdigit())
    return [pid for pid in pids if _works_in(pid, data) and _is_postgres(pid) and not _is_dead(pid)]


def _answers(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def _is_dead(pid: int) -> bool:
    """Gone, or a zombie that its parent has not reaped."""
    try:
        return (PROC / str(pid) / "stat").read_text().rsplit(")", 1)[1].split()[0] in "ZX"
    except OSError:
        return True


def _is_postgres(pid: int) -> bool:
    try:
        program = str((PROC / str(pid) / "exe").readlink())
    except OSError:
        return False
    return program.removesuffix(" (deleted)").endswith("/postgres")  # deleted: its files were replaced


def _works_in(pid: int, folder: Path) -> bool:
    try:
        return (PROC / str(pid) / "cwd").readlink() == folder
    except OSError:
        return False
