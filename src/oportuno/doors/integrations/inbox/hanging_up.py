"""A server that sends a byte now and then would never end: everything has one end."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from oportuno.doors.integrations.inbox.accounts import IN_ALL


class HangUp:
    """Ends a connection so many `seconds` after it stands, unless it is over before: greeting and handshake count.

    It holds the connection by a handle of its own: STARTTLS puts another socket in the place of the first one.
    """

    seconds = IN_ALL

    def __init__(self) -> None:
        self.rang = False
        self.held: socket.socket | None = None
        self.timer: threading.Timer | None = None

    def hold(self, sock: socket.socket) -> None:
        self.held = sock.dup()
        self.timer = threading.Timer(self.seconds, self._ring)
        self.timer.daemon = True
        self.timer.start()

    def now(self) -> None:
        with suppress(OSError):
            if self.held:
                self.held.shutdown(socket.SHUT_RDWR)

    def over(self) -> None:
        if self.timer:
            self.timer.cancel()
        if self.held:
            self.held.close()

    def in_time(self) -> bool:
        return not self.rang

    def _ring(self) -> None:
        self.rang = True
        self.now()

    @contextmanager
    def unless_it_opens(self, close: Callable[[], None]) -> Iterator[None]:
        """Whatever goes wrong before somebody has the open account in his hands leaves no connection and no clock behind."""
        try:
            yield
        except BaseException:
            self.now()
            with suppress(Exception):
                close()
            self.over()
            raise
