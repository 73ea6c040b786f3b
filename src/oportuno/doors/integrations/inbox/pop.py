"""POP3 (RFC 1939): letters stay where they are, and are known by what UIDL calls them."""

from __future__ import annotations

import poplib
import socket
import ssl
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date

from oportuno.doors.integrations.inbox.accounts import LARGEST, PORTS, SECONDS, Account, CannotRead, Letter, told
from oportuno.doors.integrations.inbox.hanging_up import HangUp
from oportuno.kernel.web import public_ip

LONGEST_LINE = 1_000_000  # bytes; the library's own limit breaks on mails of the real world
MOST_LINES = 5_000  # of a letter that is too large
LONGEST_NAME = 70  # RFC 1939, section 7


class CutOff(poplib.error_proto):
    """Unlike a plain -ERR, the line is of no more use."""


class _Line(poplib.POP3):
    """Connects to the very address that was looked at, and takes no more than is sensible."""

    def __init__(self, account: Account, ip: str, guard: HangUp) -> None:
        self.ip, self.tls, self.guard, self.taken = ip, not account.starttls, guard, 0
        super().__init__(account.host, account.port, timeout=SECONDS)

    def _create_socket(self, timeout: float) -> socket.socket:
        sock = socket.create_connection((self.ip, self.port), timeout)
        self.guard.hold(sock)
        return ssl.create_default_context().wrap_socket(sock, server_hostname=self.host) if self.tls else sock

    def _getline(self) -> tuple[bytes, int]:
        line = self.file.readline(LONGEST_LINE + 1)
        self.taken += len(line)
        if not line.endswith(b"\n") or len(line) > LONGEST_LINE or self.taken > 2 * LARGEST:
            raise CutOff("-ERR cut off")
        return line.rstrip(b"\r\n"), len(line)


class PopLetters:
    epoch = 0
    line: _Line

    def __init__(self, account: Account) -> None:
        self.guard = HangUp()
        with told(self.guard.in_time), self.guard.unless_it_opens(self._hang_up):
            self.line = _Line(account, public_ip(account.host, account.port, PORTS.values()), self.guard)
            if account.starttls:
                try:
                    self.line.stls(ssl.create_default_context())
                except CutOff:
                    raise
                except poplib.error_proto:
                    raise CannotRead("clear") from None
            try:
                self.line.user(account.user)
                self.line.pass_(account.password)
            except CutOff:
                raise
            except (poplib.error_proto, UnicodeError) as error:
                raise CannotRead("busy" if b"IN-USE" in str(error).upper().encode() else "password") from None
            self.numbers, self.sizes = self._listed()

    def names(self, *, after: int = 0, since: date | None = None) -> list[str]:
        return list(self.numbers)

    def read(self, names: Sequence[str]) -> Iterator[Letter]:
        for name in names:
            number, self.line.taken = self.numbers[name], 0
            large = self.sizes.get(number, 0) > LARGEST
            try:
                lines = self.line.top(number, MOST_LINES)[1] if large else self.line.retr(number)[1]
            except (poplib.error_proto, OSError, EOFError) as error:
                yield Letter(name, None)
                if isinstance(error, poplib.error_proto) and not isinstance(error, CutOff):
                    continue  # a -ERR for this one: the line goes on
                with told(self.guard.in_time):
                    raise
            yield Letter(name, b"\r\n".join(lines)[:LARGEST])

    def close(self) -> None:
        with suppress(poplib.error_proto, OSError):
            self.line.quit()
        self._hang_up()
        self.guard.over()

    def _hang_up(self) -> None:
        with suppress(AttributeError, OSError):  # no line yet
            self.line.close()

    def _listed(self) -> tuple[dict[str, int], dict[int, int]]:
        """By name its number, the oldest first; by number its size."""
        try:
            rows = self.line.uidl()[1]
        except CutOff:
            raise
        except poplib.error_proto:
            raise CannotRead("names") from None
        numbers = {}
        for row in rows:
            number, _blank, name = row.decode("ascii", "replace").strip().partition(" ")
            if number.isdigit() and 0 < len(name) <= LONGEST_NAME:
                numbers[name] = int(number)
        self.line.taken = 0
        sizes = [row.split()[:2] for row in self.line.list()[1]]
        return numbers, {int(number): int(size) for number, size in sizes if number.isdigit() and size.isdigit()}
