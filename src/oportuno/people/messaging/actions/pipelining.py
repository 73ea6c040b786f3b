"""SMTP with pipelined commands over kept connections (RFC 5321, 2920, 3207, 4954), for mails by the thousand.

A mail costs one turn of the line: its text goes out together with the next mail's MAIL, RCPT and DATA. Where the relay
does not offer PIPELINING, each command waits for its answer. Several lines are served in turn, so that each relay's
thinking overlaps with the others'. What a broken line leaves behind is told apart: a text that was sent may have been
taken (RFC 1047), everything after it was not.
"""

from __future__ import annotations

import base64
import socket
import ssl
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum
from typing import Final
from urllib.parse import unquote, urlsplit

from django.conf import settings

TIMEOUT = 30.0  # seconds for each answer
LONGEST_ANSWER = 65_536


class Fate(Enum):
    SENT = "sent"
    REFUSED = "refused"
    LATER = "later"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Mail:
    """A whole mail with its envelope. `name` is ours; no line of `raw` begins with a dot, and it ends with CRLF."""

    name: str
    sender: str
    recipient: str
    raw: bytes


@dataclass(frozen=True)
class Told:
    name: str
    fate: Fate
    words: str = ""


class Broken(Exception):
    """The line is of no more use."""


@dataclass
class Line:
    """One connection. `broken` says why it is of no more use."""

    sock: socket.socket
    pipelines: bool = False
    unread: bytes = b""
    broken: str = ""

    def lives(self) -> bool:
        """Whether the relay kept its end open: a line that idled may have been hung up."""
        try:
            self.expect(b"NOOP\r\n", 250)
        except Broken:
            self.close()
            return False
        return True

    def say(self, *commands: bytes) -> None:
        try:
            self.sock.sendall(b"".join(commands))
        except OSError as error:
            raise Broken(type(error).__name__) from error

    def answer(self) -> tuple[int, str]:
        """The relay's next answer, all its lines."""
        words: list[str] = []
        while True:
            line = self._line()
            words.append(line[4:])
            if not line[:3].isdigit():
                raise Broken("the relay speaks no SMTP")
            if line[3:4] != "-":
                return int(line[:3]), " ".join(words)

    def expect(self, command: bytes, *codes: int) -> str:
        self.say(command)
        code, words = self.answer()
        if codes and code not in codes:
            raise Broken(f"{code} {words}")
        return words

    def _line(self) -> str:
        while b"\n" not in self.unread:
            try:
                more = self.sock.recv(65_536)
            except OSError as error:
                raise Broken(type(error).__name__) from error
            if not more or len(self.unread) > LONGEST_ANSWER:
                raise Broken("the relay hung up")
            self.unread += more
        line, _, self.unread = self.unread.partition(b"\n")
        return line.decode("utf-8", "replace").rstrip("\r")

    def close(self) -> None:
        self.sock.close()


@dataclass
class Pool:
    """Kept lines to one relay. `url` as of OPORTUNO_MAIL_URL."""

    url: str = ""
    lines: int = 4
    batch: int = 500
    kept: list[Line] = field(default_factory=list)

    def hand_over(self, mails: Sequence[Mail]) -> Iterator[Told]:
        """Each mail's fate, in no order. Nothing is tried twice here."""
        lines = self._lines_for(len(mails))
        if not lines:
            yield from (Told(one.name, Fate.LATER, "the relay is away") for one in mails)
            return
        turns = deque(
            (line, (pipelined if line.pipelines else plainly)(line, deque(mails[number :: len(lines)])))
            for number, line in enumerate(lines)
        )
        while turns:
            line, turn = turns.popleft()
            told = next(turn, ENDED)
            if isinstance(told, Told):
                turns.appendleft((line, turn))
                yield told
            elif told is None:
                turns.append((line, turn))
            elif line.broken:
                line.close()
            else:
                self.kept.append(line)

    def close(self) -> None:
        for line in self.kept:
            line.close()
        self.kept.clear()

    def _lines_for(self, mails: int) -> list[Line]:
        """As many as they are worth: kept ones that still answer, then new ones, none when the relay is away."""
        wanted = min(self.lines, 1 + mails // 8)
        lines = [line for line in self.kept[:wanted] if line.lives()]
        del self.kept[:wanted]
        with suppress(Broken, OSError):
            while len(lines) < wanted:
                lines.append(open_line(self.url))
        return lines


ENDED: Final = object()
Turn = Iterator[Told | None]
"""What became of a mail, or None: something was written, let the other lines write, too, before the answer is read."""


def pipelined(line: Line, waiting: deque[Mail]) -> Turn:
    """A mail's text goes out together with the next one's commands."""
    asked: Mail | None = None  # its MAIL, RCPT and DATA are on their way
    texted: Mail | None = None  # its text is on its way, and perhaps taken
    try:
        while asked or texted or waiting:
            if asked is None and texted is None:
                asked = waiting.popleft()
                line.say(_commands(asked))
            yield None
            if texted:
                told = _fate(texted, *line.answer())
                texted = None
                yield told
            if asked:
                no, wants_text = _answers(line, asked)
                mail, asked = asked, None
                if no:
                    yield no
                    if wants_text:  # of a mail that has no reader: an empty one ends that
                        line.expect(b".\r\n")
                else:
                    texted = mail
                    asked = waiting.popleft() if waiting else None
                    line.say(mail.raw, b".\r\n", _commands(asked) if asked else b"")
    except Broken as error:
        yield from _given_back(line, texted, [*([asked] if asked else []), *waiting], str(error))


def plainly(line: Line, waiting: deque[Mail]) -> Turn:
    """Each command waits for its answer, as relays without PIPELINING want it."""
    texted: Mail | None = None
    try:
        while waiting:
            no = None
            for command in _commands(waiting[0]).splitlines(keepends=True):
                line.say(command)
                code, words = line.answer()
                if not (200 <= code < 300 or code == 354):
                    no = _fate(waiting[0], code, words)
                    break
            mail = waiting.popleft()
            if no:
                yield no
                line.expect(b"RSET\r\n", 250)
                continue
            texted = mail
            line.say(mail.raw, b".\r\n")
            yield None
            told = _fate(mail, *line.answer())
            texted = None
            yield told
    except Broken as error:
        yield from _given_back(line, texted, list(waiting), str(error))


def open_line(url: str = "") -> Line:
    """Connect, greet, STARTTLS where it is offered, sign in. Raises Broken and OSError."""
    at = urlsplit(url or settings.MAIL_URL)
    host = at.hostname or "127.0.0.1"
    sock = socket.create_connection((host, at.port or (465 if at.scheme == "smtps" else 25)), timeout=TIMEOUT)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if at.scheme == "smtps":
        sock = ssl.create_default_context().wrap_socket(sock, server_hostname=host)
    line = Line(sock)
    code, words = line.answer()
    if code != 220:
        raise Broken(f"{code} {words}")
    offers = _greet(line)
    if "STARTTLS" in offers and at.scheme != "smtps":
        line.expect(b"STARTTLS\r\n", 220)
        line.sock, line.unread = ssl.create_default_context().wrap_socket(sock, server_hostname=host), b""
        offers = _greet(line)
    elif at.password and at.scheme != "smtps":
        raise Broken("the relay offers no STARTTLS; a password is not sent in the clear")
    if at.username:
        pair = f"\0{unquote(at.username)}\0{unquote(at.password or '')}".encode()
        line.expect(b"AUTH PLAIN " + base64.b64encode(pair) + b"\r\n", 235)
    line.pipelines = "PIPELINING" in offers
    return line


def _greet(line: Line) -> set[str]:
    """What the relay offers."""
    line.say(f"EHLO {socket.gethostname() or 'localhost'}\r\n".encode())
    code, words = line.answer()
    if code != 250:
        raise Broken(f"{code} {words}")
    return set(words.upper().split())


def _commands(mail: Mail) -> bytes:
    return f"MAIL FROM:<{mail.sender}>\r\nRCPT TO:<{mail.recipient}>\r\nDATA\r\n".encode("ascii", "replace")


def _answers(line: Line, mail: Mail) -> tuple[Told | None, bool]:
    """What MAIL, RCPT and DATA were answered: the first no, and whether the relay waits for a text all the same."""
    found = [line.answer() for _ in range(3)]
    no = next((_fate(mail, *one) for one in found[:2] if not 200 <= one[0] < 300), None)
    if no is None and found[2][0] != 354:
        no = _fate(mail, *found[2])
    return no, found[2][0] == 354


def _fate(mail: Mail, code: int, words: str) -> Told:
    fate = Fate.SENT if 200 <= code < 300 else Fate.REFUSED if code >= 500 else Fate.LATER
    return Told(mail.name, fate, f"{code} {words}"[:300])


def _given_back(line: Line, texted: Mail | None, untouched: Sequence[Mail], words: str) -> Iterator[Told]:
    line.broken = words or "the line broke"
    if texted:
        yield Told(texted.name, Fate.UNCLEAR, line.broken)
    yield from (Told(one.name, Fate.LATER, line.broken) for one in untouched)
