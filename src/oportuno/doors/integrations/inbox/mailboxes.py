"""Three kinds of mailbox, through the standard library."""

from __future__ import annotations

import imaplib
import poplib
import ssl
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from oportuno.kernel.errors import Broken

SECONDS = 20
LARGEST = 4_000_000  # bytes; of larger ones the head is enough


class Mailbox(Protocol):
    """`unread` gives a name and the mail; `done` is called for each that was taken."""

    def unread(self, most: int) -> Iterator[tuple[str, bytes]]: ...

    def done(self, name: str) -> None: ...

    def close(self) -> None: ...


class MaildirBox:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "cur").mkdir(parents=True, exist_ok=True)
        (folder / "new").mkdir(parents=True, exist_ok=True)

    def unread(self, most: int) -> Iterator[tuple[str, bytes]]:
        for file in sorted((self.folder / "new").iterdir())[:most]:
            with file.open("rb") as source:
                yield file.name, source.read(LARGEST)

    def done(self, name: str) -> None:
        (self.folder / "new" / name).rename(self.folder / "cur" / f"{name}:2,S")

    def close(self) -> None:
        """Nothing is open."""


class ImapBox:
    def __init__(self, host: str, port: int | None, user: str, password: str, folder: str, *, tls: bool) -> None:
        context = ssl.create_default_context()
        if tls:
            self.box: imaplib.IMAP4 = imaplib.IMAP4_SSL(host, port or 993, ssl_context=context, timeout=SECONDS)
        else:
            self.box = imaplib.IMAP4(host, port or 143, timeout=SECONDS)
            self.box.starttls(context)
        self.box.login(user, password)
        self.box.select(f'"{folder}"')

    def unread(self, most: int) -> Iterator[tuple[str, bytes]]:
        _state, found = self.box.uid("SEARCH", "UNSEEN")
        for number in (found[0] or b"").split()[:most]:
            try:
                _state, parts = self.box.uid("FETCH", number.decode(), f"(BODY.PEEK[]<0.{LARGEST}>)")
            except imaplib.IMAP4.abort:
                raise
            except imaplib.IMAP4.error:
                continue  # not now: it stays unread, and the others are taken
            for part in parts:
                if isinstance(part, tuple):
                    yield number.decode(), bytes(part[1])

    def done(self, name: str) -> None:
        self.box.uid("STORE", name, "+FLAGS", r"(\Seen)")

    def close(self) -> None:
        with suppress(imaplib.IMAP4.error, OSError):
            self.box.logout()


class PopBox:
    def __init__(self, host: str, port: int | None, user: str, password: str) -> None:
        self.box = poplib.POP3_SSL(host, port or 995, timeout=SECONDS, context=ssl.create_default_context())
        self.box.user(user)
        self.box.pass_(password)

    def unread(self, most: int) -> Iterator[tuple[str, bytes]]:
        for number in range(1, min(len(self.box.list()[1]), most) + 1):
            try:
                lines = self.box.retr(number)[1]
            except poplib.error_proto as error:
                if not isinstance(error.args[0], bytes):
                    raise  # no answer of the server's, but a broken line
                continue  # not now: it stays there, and the others are taken
            yield str(number), b"\r\n".join(lines)[:LARGEST]

    def done(self, name: str) -> None:
        self.box.dele(int(name))

    def close(self) -> None:
        with suppress(poplib.error_proto, OSError):
            self.box.quit()


def open_mailbox(url: str) -> Mailbox:
    """Raises Broken for a kind we do not know, OSError and the protocols' own errors when it does not open."""
    at = urlsplit(url)
    user, password = unquote(at.username or ""), unquote(at.password or "")
    if at.scheme == "maildir":
        return MaildirBox(Path(unquote(at.path)))
    if at.scheme in ("imap", "imaps"):
        return ImapBox(at.hostname or "", at.port, user, password, unquote(at.path.strip("/")) or "INBOX", tls=at.scheme == "imaps")
    if at.scheme == "pop3s":
        return PopBox(at.hostname or "", at.port, user, password)
    raise Broken("OPORTUNO_INBOX_URL begins with imaps://, imap://, pop3s:// or maildir://.")
