"""IMAP (RFC 3501): the folder is opened to be read only, and letters are known by UIDVALIDITY and UID."""

from __future__ import annotations

import base64
import imaplib
import re
import socket
import ssl
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date

from oportuno.doors.integrations.inbox.accounts import LARGEST, PORTS, SECONDS, Account, CannotRead, Letter, told
from oportuno.doors.integrations.inbox.hanging_up import HangUp
from oportuno.kernel.web import public_ip

SLACK = 100_000  # bytes that an answer may have besides a letter
MONTHS = [
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
]  # as the protocol has them, whatever the language
BEYOND_ASCII = re.compile(r"[^\x20-\x7e]+")


class _Line(imaplib.IMAP4):
    """Connects to the very address that was looked at, and takes no more than it asked for."""

    def __init__(self, account: Account, ip: str, guard: HangUp) -> None:
        self.ip, self.tls, self.guard = ip, not account.starttls, guard
        super().__init__(account.host, account.port, timeout=SECONDS)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        sock = socket.create_connection((self.ip, self.port), timeout)
        self.guard.hold(sock)
        return ssl.create_default_context().wrap_socket(sock, server_hostname=self.host) if self.tls else sock

    def read(self, size: int) -> bytes:
        if size > LARGEST + SLACK:
            raise self.abort("more than was asked for")
        return bytes(super().read(size))


class ImapLetters:
    """`epoch` is UIDVALIDITY: when it changes, all UIDs are new."""

    line: _Line

    def __init__(self, account: Account) -> None:
        self.guard = HangUp()
        with told(self.guard.in_time), self.guard.unless_it_opens(self._hang_up):
            self.line = _Line(account, public_ip(account.host, account.port, PORTS.values()), self.guard)
            if account.starttls:
                if "STARTTLS" not in self.line.capabilities:
                    raise CannotRead("clear")
                self.line.starttls(ssl.create_default_context())
            self._sign_in(account)
            state, _words = self.line.select(_quoted(account.folder), readonly=True)
            if state != "OK":
                raise CannotRead("folder")
            self.epoch = int((self.line.response("UIDVALIDITY")[1] or [b"0"])[0] or 0)

    def names(self, *, after: int = 0, since: date | None = None) -> list[str]:
        asked = [f"UID {after + 1}:*"] + ([f"SINCE {since.day}-{MONTHS[since.month - 1]}-{since.year}"] if since else [])
        with told(self.guard.in_time):
            _state, found = self.line.uid("SEARCH", *asked)
            uids = sorted(int(one) for one in (found[0] or b"").split())
        return [str(one) for one in uids if one > after]  # "n:*" names the last letter, also when it is older

    def read(self, names: Sequence[str]) -> Iterator[Letter]:
        for name in names:
            try:
                state, parts = self.line.uid("FETCH", name, f"(BODY.PEEK[]<0.{LARGEST}>)")
            except (imaplib.IMAP4.error, OSError) as error:
                yield Letter(name, None)
                if isinstance(error, imaplib.IMAP4.error) and not isinstance(error, imaplib.IMAP4.abort):
                    continue  # a BAD for this one: the line goes on
                with told(self.guard.in_time):
                    raise
            found = next((bytes(part[1]) for part in parts if isinstance(part, tuple)), b"")
            yield Letter(name, found if state == "OK" else None)

    def close(self) -> None:
        with suppress(imaplib.IMAP4.error, OSError):
            self.line.logout()
        self._hang_up()
        self.guard.over()

    def _hang_up(self) -> None:
        with suppress(AttributeError, OSError):  # no line yet
            self.line.shutdown()

    def _sign_in(self, account: Account) -> None:
        try:
            if "AUTH=PLAIN" in self.line.capabilities:  # the only way for letters beyond ASCII
                self.line.authenticate("PLAIN", lambda _asked: f"\0{account.user}\0{account.password}".encode())
            else:
                self.line.login(account.user, account.password)
        except imaplib.IMAP4.abort:
            raise
        except (imaplib.IMAP4.error, UnicodeError):
            raise CannotRead("password") from None


def _quoted(folder: str) -> str:
    """A folder's name as the protocol writes it (RFC 3501, 5.1.3: UTF-7 of its own)."""

    def coded(found: re.Match[str]) -> str:
        return "&" + base64.b64encode(found.group().encode("utf-16-be")).decode().rstrip("=").replace("/", ",") + "-"

    name = BEYOND_ASCII.sub(coded, folder.replace("&", "&-"))
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
