"""What running processes cost: their memory, and the processor time they have used."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")


def family(*roots: int) -> list[int]:
    """These processes and all that they started, as far as they live."""
    children: dict[int, list[int]] = {}
    for entry in PROC.iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                children.setdefault(int(_stat(int(entry.name))[1]), []).append(int(entry.name))
    found, ahead = [], list(roots)
    while ahead:
        one = ahead.pop()
        found.append(one)
        ahead += children.get(one, [])
    return found


def cpu_seconds(pids: list[int]) -> float:
    """User and system time, with that of children that ended."""
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            total += sum(map(int, _stat(pid)[11:15]))
    return total / TICKS


def memory_mb(pids: list[int]) -> float:
    """Proportional set size: what is shared counts once among those who share it."""
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            for line in (PROC / str(pid) / "smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1])
    return total / 1024


def own_peak_mb() -> float:
    """The most memory this process ever held, as the kernel counts it."""
    (line,) = [one for one in (PROC / "self/status").read_text().splitlines() if one.startswith("VmHWM:")]
    return int(line.split()[1]) / 1024


def server_of(data: Path) -> int:
    """The PostgreSQL server whose files lie in `data`."""
    return int((data / "postmaster.pid").read_text().split()[0])


def _stat(pid: int) -> list[str]:
    """Fields of /proc/PID/stat behind the name: state, parent, …; user time is the twelfth."""
    return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
