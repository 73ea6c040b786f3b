"""Caught mails on disk: one file each, whole or not there, the newest thousand."""

from __future__ import annotations

import os
import re
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.header import decode_header, make_header
from email.message import EmailMessage, Message
from email.parser import BytesHeaderParser, BytesParser
from email.utils import parseaddr
from pathlib import Path

MOST = 1000
NAME = re.compile(r"\d{19}\.\d+_\d+\Z")
TO, FROM = "X-Caught-To", "X-Caught-From"


def caught_mail(home: Path) -> Path:
    return home / "caught-mail"


@dataclass(frozen=True)
class Caught:
    """A mail that was caught. `to` are the recipients that SMTP was told, whatever the header says."""

    name: str
    at: datetime
    to: str
    sender: str
    subject: str
    size: int


class Maildir:
    """The folder; the process that catches and the page that shows each have one of these."""

    def __init__(self, folder: Path, most: int = MOST) -> None:
        self.folder = folder
        self.most = most
        self._number = 0
        for name in ("tmp", "new", "cur"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        self._kept = deque(self._names())

    def keep(self, content: bytes, *, sender: str, recipients: Sequence[str]) -> str:
        """Write a mail, and drop the oldest beyond `most`; its name."""
        self._number += 1
        name = f"{time.time_ns():019d}.{os.getpid()}_{self._number}"
        top = f"{TO}: {', '.join(recipients)}\r\n{FROM}: {sender}\r\n".encode()
        (self.folder / "tmp" / name).write_bytes(top + content)
        (self.folder / "tmp" / name).rename(self.folder / "new" / name)
        self._kept.append(name)
        while len(self._kept) > self.most:
            (self.folder / "new" / self._kept.popleft()).unlink(missing_ok=True)
        return name

    def latest(self, recipient: str = "", limit: int = 100) -> list[Caught]:
        """The newest first; with `recipient`, those that went to an address with these letters in it."""
        found: list[Caught] = []
        for name in reversed(self._names()):
            mail = self._summary(name)
            if mail and recipient.lower() in mail.to.lower():
                found.append(mail)
            if len(found) == limit:
                break
        return found

    def source(self, name: str) -> bytes | None:
        """The whole mail as it came, or None: no such name, or no longer there."""
        if not NAME.match(name):
            return None
        try:
            return (self.folder / "new" / name).read_bytes()
        except FileNotFoundError:
            return None

    def delete_all(self) -> int:
        names = self._names()
        for name in names:
            (self.folder / "new" / name).unlink(missing_ok=True)
        self._kept.clear()
        return len(names)

    def _names(self) -> list[str]:
        return sorted(entry.name for entry in os.scandir(self.folder / "new") if NAME.match(entry.name))

    def _summary(self, name: str) -> Caught | None:
        path = self.folder / "new" / name
        try:
            with path.open("rb") as file:
                head = BytesHeaderParser(policy=policy.default).parse(file)
            size = path.stat().st_size
        except FileNotFoundError:  # dropped while we looked
            return None
        at = datetime.fromtimestamp(int(name[:19]) / 1e9, UTC)
        return Caught(name, at, str(head[TO] or ""), sender_of(head), str(head["Subject"] or ""), size)


def sender_of(head: Message) -> str:
    """The sender as mail programs show it: the name when there is one.

    Not `str(head["From"])`: Python's parser puts a blank between encoded words, where none belongs (RFC 2047, 6.2).
    """
    raw = next((value for name, value in head.raw_items() if name.lower() == "from"), "")
    name, address = parseaddr(str(make_header(decode_header("".join(str(raw).splitlines())))))
    return name or address or str(head[FROM] or "")


def parse(source: bytes) -> EmailMessage:
    return BytesParser(policy=policy.default).parsebytes(source)
