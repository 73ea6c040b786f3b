"""MIME by hand (RFC 5322, 2045–2047, 8058): the fixed parts are transfer-encoded once per bulletin.

Quoted-printable may be joined from pieces when each ends with a soft line break, so that a reader costs his fields and
one join. The standard library's parser reads the same mail back; a test holds the two together.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from html import escape
from uuid import UUID

from oportuno.people.messaging.rules.bulk.dkim import Signer
from oportuno.people.messaging.rules.bulk.merging import Merge
from oportuno.people.messaging.rules.bulk.tracking import Tokens

SOFT, LINE = "=\r\n", 72
SAFE = {byte: chr(byte) for byte in range(33, 127) if byte != 61} | {32: " ", 9: "\t"}
CODES = {byte: SAFE.get(byte, f"={byte:02X}") for byte in range(256)}
PLAIN = re.compile(r"[!-<>-~](?:[ !-<>-~]{0,60}[!-<>-~])?\Z")
WORD = re.compile(r"[A-Za-z0-9 !#$%&'*+/=?^_`{|}~,;:()@\[\].-]*\Z")
CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
ENCODED_WORD_BYTES = 42  # of UTF-8 in one encoded word, so that it stays within 75 characters


@dataclass(frozen=True)
class Envelope:
    """Who gets it, and its own name. `way_out` is his own link, `values` his fields."""

    message: UUID
    to_address: str
    to_name: str
    way_out: str
    values: Mapping[str, str]


class Press:
    """One bulletin, ready to be printed for each reader."""

    def __init__(
        self,
        *,
        subject: str,
        text: str,
        html: str,
        from_name: str,
        from_address: str,
        domain: str,
        boundary: str,
        at: datetime,
        signer: Signer | None = None,
        tokens: Tokens | None = None,
        reply_to: str = "",
        returns: str = "",
    ) -> None:
        """`domain` is that of Message-IDs; `boundary` must not stand in the mail, so make it of random letters.

        `tokens` print the fields of tracked addresses; `returns` is the host of the return path, if it is the sender's own.
        """
        self.subject = Merge.of(subject)
        self.text = Merge.of(text, quoted)
        self.html = Merge.of(html, quoted)
        self.domain, self.signer, self.tokens, self.returns = domain, signer, tokens, returns
        self.sender = f"From: {phrase(from_name)} <{from_address}>\r\n"
        if reply_to.isascii() and not CONTROL.search(reply_to) and reply_to:
            self.sender += f"Reply-To: <{reply_to}>\r\n"
        self.rest = (
            f"Date: {format_datetime(at)}\r\nMIME-Version: 1.0\r\nPrecedence: bulk\r\nAuto-Submitted: auto-generated\r\n"
            f'Content-Type: multipart/alternative; boundary="{boundary}"\r\n'
        )
        part = "\r\n--{}\r\nContent-Type: text/{}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        self.before_text = part.format(boundary, "plain").removeprefix("\r\n")
        self.before_html = part.format(boundary, "html")
        self.end = f"\r\n--{boundary}--\r\n"

    def mail(self, to: Envelope) -> bytes:
        """The whole mail, signed when there is a key; lines end with CRLF."""
        values = {**to.values, **self.tokens.of(to.message)} if self.tokens else to.values
        body = "".join(
            (
                self.before_text,
                self.text.filled(values, joined),
                self.before_html,
                self.html.filled(values, joined_in_html),
                self.end,
            )
        ).encode("ascii")
        heads = self.heads(to)
        if self.signer:
            heads = self.signer.header(heads, body) + heads
        return b"".join((heads, b"\r\n", body))

    def heads(self, to: Envelope) -> bytes:
        lines = [
            self.sender,
            f"To: {phrase(to.to_name)} <{to.to_address}>\r\n" if to.to_name else f"To: {to.to_address}\r\n",
            f"Subject: {words(self.subject.filled(to.values))}\r\n",
            f"Message-ID: <{to.message}@{self.domain}>\r\n",
        ]
        if to.way_out:
            lines.append(f"List-Unsubscribe: <{to.way_out}>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n")
        return "".join((*lines, self.rest)).encode("ascii", "replace")


def quoted(text: str) -> str:
    """Quoted-printable of a fixed piece, ending with a soft break, so that anything may follow."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\r\n".join(_folded(line) for line in lines) + SOFT if text else ""


def joined(value: str) -> str:
    """Quoted-printable of a reader's field, in the middle of a line."""
    if PLAIN.match(value) and value[0] != ".":
        return value + SOFT
    return quoted(CONTROL.sub(" ", value) if "\n" not in value else value)


def joined_in_html(value: str) -> str:
    return joined(escape(value))


def words(text: str) -> str:
    """A header's words; those beyond ASCII as encoded words (RFC 2047), folded."""
    line = CONTROL.sub(" ", text).strip()
    if line.isascii() and len(line) <= 900 and "=?" not in line:
        return _folded_header(line)
    pieces, piece = [], b""
    for letter in line:
        code = letter.encode("utf-8", "replace")
        if len(piece) + len(code) > ENCODED_WORD_BYTES:
            pieces.append(piece)
            piece = b""
        piece += code
    return "\r\n ".join(f"=?utf-8?b?{base64.b64encode(one).decode()}?=" for one in [*pieces, piece])


def phrase(name: str) -> str:
    """A display name before an address."""
    line = CONTROL.sub(" ", name).strip()
    if line.isascii() and "=?" not in line and len(line) <= 200:
        return '"' + line.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return words(line)


def _folded(line: str) -> str:
    """One line of quoted-printable, with soft breaks so that none is longer than 76 characters."""
    if not line:
        return ""
    coded = [CODES[byte] for byte in line.encode("utf-8", "replace")]
    if coded[-1] in (" ", "\t"):  # a blank at the end would get lost on the way
        coded[-1] = f"={ord(coded[-1]):02X}"
    pieces, used = [], 0
    for code in coded:
        if used + len(code) > LINE:
            pieces.append(SOFT)
            used = 0
        if used == 0 and code == ".":  # a dot alone at the beginning is SMTP's; coded it needs no stuffing
            code = "=2E"
        pieces.append(code)
        used += len(code)
    return "".join(pieces)


def _folded_header(line: str) -> str:
    if len(line) <= 60:
        return line
    folded, rest = [], line
    while len(rest) > 70 and (cut := rest.rfind(" ", 20, 70)) > 0:
        folded.append(rest[:cut])
        rest = rest[cut + 1 :]
    return "\r\n ".join([*folded, rest])
