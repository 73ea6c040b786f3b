"""Where the servers keep their data, and why a folder may not do for a server."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from oportuno.kernel.home import market_home

from .problems import ClusterProblem

SOCKET_NAME = ".s.PGSQL.5432"
SOCKET_PATH_LIMIT = 107  # bytes; the kernel's sockaddr_un.sun_path has 108, the last is NUL


def main_cluster_home() -> Path:
    return market_home() / "postgres"


def test_cluster_home() -> Path:
    return market_home() / "test-postgres"


test_cluster_home.__test__ = False  # type: ignore[attr-defined]  # a name pytest would collect


def make_home(folder: Path) -> None:
    """Make `folder` with its parents; if it is new or empty, let others pass through it.

    `mktemp -d` makes 0700, and the server runs as another user. A folder with something in it
    is never opened: it may be somebody's home.
    """
    try:
        fresh = not folder.exists() or not any(folder.iterdir())
        folder.mkdir(mode=0o755, parents=True, exist_ok=True)
        if fresh and folder.stat().st_uid == os.geteuid():
            folder.chmod(stat.S_IMODE(folder.stat().st_mode) | 0o711)
    except OSError as error:
        raise ClusterProblem(
            f"The folder {folder} cannot be made ({error.strerror}); set OPORTUNO_HOME to one you may write in."
        ) from error


def check_socket_path(run: Path) -> None:
    """Refuse a folder whose socket address would not fit the operating system's limit."""
    length = len(os.fsencode(run / SOCKET_NAME))
    if length > SOCKET_PATH_LIMIT:
        spare = length - SOCKET_PATH_LIMIT
        raise ClusterProblem(f"The path {run} is {spare} bytes too long for a database socket; set OPORTUNO_HOME to a shorter folder.")


def check_way_in(folder: Path) -> None:
    """Refuse a folder that the server's own user cannot reach because one above it is private."""
    for above in (folder, *folder.parents):
        if not above.stat().st_mode & stat.S_IXOTH:
            raise ClusterProblem(
                f"The database runs as a user of its own, who may not pass through {above}; "
                f"set OPORTUNO_HOME to a folder outside it, such as /var/lib/oportuno."
            )
