"""One market a home, one program a port."""

from __future__ import annotations

import contextlib
import fcntl
import socket
from collections.abc import Iterator
from pathlib import Path

from oportuno.kernel.errors import Refusal

LOCK = "up.lock"  # holds the port of the market that is open here


@contextlib.contextmanager
def alone_at_home(home: Path, port: int) -> Iterator[None]:
    """Refuse when a market is open in this home already."""
    with (home / LOCK).open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refusal(_open_already(home, lock_text(lock.name))) from error
        lock.truncate(0)
        lock.write(f"{port}\n")
        lock.flush()
        yield


def is_open(home: Path) -> bool:
    """Is a market open in this home?"""
    if not (home / LOCK).exists():
        return False
    with (home / LOCK).open() as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def check_port(host: str, port: int) -> None:
    """Refuse a port that another program listens on, before anything is started."""
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((host, port))
        except OSError as error:
            raise Refusal(f"Port {port} on {host} cannot be listened on ({error.strerror}); set PORT to another one.") from error


def free_place(wanted: str) -> str:
    """The place host:port, or another port of that host where another program listens there already."""
    host, _, port = wanted.rpartition(":")
    for number in (int(port), 0):
        with contextlib.suppress(OSError), socket.create_server((host, number)) as door:
            return f"{host}:{door.getsockname()[1]}"
    return wanted


def lock_text(file: str) -> str:
    return Path(file).read_text().strip()


def _open_already(home: Path, port: str) -> str:
    return (
        f"The market in {home} is open already, at http://localhost:{port}; close it there with Ctrl-C, "
        f"or set OPORTUNO_HOME and PORT to open another one."
    )
