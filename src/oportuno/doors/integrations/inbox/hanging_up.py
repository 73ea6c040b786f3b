"""A server that sends a byte now and then would never end: everything has one end."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress

from oportuno.doors.integrations.inbox.accounts import IN_ALL


class HangUp:
    """Ends a line after `seconds`, unless it is over before."""

    def __init__(self, sock: socket.socket, seconds: float = IN_ALL) -> None:
        self.timer = threading.Timer(seconds, self._now, [sock])
        self.timer.daemon = True
        self.timer.start()

    def over(self) -> None:
        self.timer.cancel()

    @staticmethod
    def _now(sock: socket.socket) -> None:
        with suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)
