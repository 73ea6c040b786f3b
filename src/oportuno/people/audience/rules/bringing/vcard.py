"""Cards out of a vCard file (2.1, 3.0, 4.0: RFC 2426, RFC 6350, and what programs really write), one at a time.

Libraries build whole components and stop at the first line they dislike. People bring address books of twenty years: here
a bad line spoils its own property, a bad card its own card, and pictures pass by without being kept.
"""

from __future__ import annotations

import base64
import binascii
import io
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from oportuno.kernel.packed import opened
from oportuno.kernel.tables.letters import encoding_of

LONGEST_LINE = 2**20  # bytes; the rest of a longer one (a picture) is passed over
MOST_PROPERTIES = 2_000  # of a card
MOST_TEXT = 2**20  # characters of a card's properties
PASSED_OVER = frozenset({"PHOTO", "LOGO", "SOUND", "KEY", "X-MS-CARDPICTURE", "X-THUMBNAIL"})
BEGIN = re.compile(rb"\s*begin\s*:\s*vcard\s*", re.IGNORECASE)
END = re.compile(rb"\s*end\s*:\s*vcard\s*", re.IGNORECASE)
NAME = re.compile(r"(?:[A-Za-z0-9-]+\.)?([A-Za-z0-9-]+)")
ESCAPED = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Property:
    """`types` are in lower case, `preferred` 1 is the most; `value` is decoded, still with its escapes."""

    name: str
    value: str
    types: frozenset[str] = frozenset()
    preferred: int = 100
    language: str = ""

    @property
    def text(self) -> str:
        return unescaped(self.value)

    @property
    def parts(self) -> list[str]:
        """What stands between semicolons."""
        return [unescaped(one) for one in split(self.value, ";")]


@dataclass(slots=True)
class Card:
    """`line` is where it begins. `trouble` is a code when it cannot be taken as it is."""

    line: int
    properties: list[Property] = field(default_factory=list)
    trouble: str = ""

    def all(self, name: str) -> list[Property]:
        """Of one name, the preferred first."""
        return sorted((one for one in self.properties if one.name == name), key=lambda one: one.preferred)

    def first(self, name: str) -> str:
        return next((one.text.strip() for one in self.all(name) if one.text.strip()), "")


def is_vcard(path: Path) -> bool:
    """Whether a file begins as a card does, in whichever letters. Raises Unreadable for what cannot be unpacked."""
    with opened(path) as file:
        head = file.read(4096)
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.decode("utf-16", "replace").encode()
    return bool(BEGIN.match(head.removeprefix(b"\xef\xbb\xbf").lstrip()))


class Cards:
    """An open file of cards. Iterate once."""

    def __init__(self, path: Path) -> None:
        self._source = opened(path)
        with opened(path) as file:
            wide = file.read(2) in (b"\xff\xfe", b"\xfe\xff")
        self.encoding = "utf-16" if wide else encoding_of(path)
        self._stream = io.BufferedReader(self._source, 256 * 1024)  # held: whoever forgets it closes the file
        self._lines = _recoded(self._stream) if self.encoding.startswith("utf-16") else _lines(self._stream)

    def taken(self) -> int:
        return self._source.taken()

    def unpacked(self) -> int:
        return self._source.out

    def close(self) -> None:
        self._stream.close()

    def __iter__(self) -> Iterator[Card]:
        card: Card | None = None
        depth = size = 0
        for number, line in _joined(self._lines):
            if BEGIN.fullmatch(line):
                nested = card is not None and card.properties and card.properties[-1].name == "AGENT"
                if card is not None and not nested:
                    yield _cut(card)  # its end is missing
                    card, depth = None, 0
                depth += 1
                if card is None:
                    card, size = Card(number), 0
            elif card is None:
                continue
            elif END.fullmatch(line):
                depth -= 1
                if depth <= 0:
                    yield card
                    card, depth = None, 0
            elif depth == 1 and not card.trouble and (found := _property(line)):
                size += len(found.value)
                if size > MOST_TEXT or len(card.properties) >= MOST_PROPERTIES:
                    card.trouble = "card_too_long"
                else:
                    card.properties.append(found)
        if card is not None:
            yield _cut(card)


def _cut(card: Card) -> Card:
    card.trouble = card.trouble or "card_cut"
    return card


def _recoded(stream: io.BufferedReader[Any]) -> Iterator[bytes]:
    """Lines of a file in wide letters, as UTF-8."""
    text = io.TextIOWrapper(stream, encoding="utf-16", errors="replace", newline=None)
    while line := text.readline(LONGEST_LINE):
        yield line.encode().rstrip(b"\r\n")


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """Without their ends, which may be LF, CRLF or CR; what is too long is cut."""
    while line := stream.readline(LONGEST_LINE):
        rest = line
        while not rest.endswith(b"\n") and len(rest) >= LONGEST_LINE:
            rest = stream.readline(LONGEST_LINE)
        yield from line.rstrip(b"\r\n").split(b"\r")


def _joined(lines: Iterator[bytes]) -> Iterator[tuple[int, bytes]]:
    """Whole lines again, with the number of their first: folded ones, and those that quoted-printable breaks with `=`."""
    held, start, quoted, passed = b"", 0, False, False
    for number, line in enumerate(lines, 1):
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if quoted and held.endswith(b"="):
            held = held[:-1] + line if len(held) < LONGEST_LINE else held
        elif line[:1] in (b" ", b"\t") and held:
            if not passed and len(held) < LONGEST_LINE:
                held += line[1:]
        else:
            if held:
                yield start, held
            held, start = line.replace(b"\x00", b""), number
            head = held[:200].upper().partition(b":")[0]
            quoted = b"QUOTED-PRINTABLE" in head
            passed = head.partition(b";")[0].rpartition(b".")[2].decode("ascii", "replace") in PASSED_OVER
    if held:
        yield start, held


def _property(line: bytes) -> Property | None:
    """None for what is no property, or one that nobody reads."""
    head, value = _halves(line)
    pieces = _params(head.decode("latin-1"))
    found = NAME.fullmatch(pieces[0].strip()) if pieces else None
    if found is None or (name := found[1].upper()) in PASSED_OVER:
        return None
    types: set[str] = set()
    preferred, charset, encoding, language = 100, "", "", ""
    for piece in pieces[1:]:
        key, mark, said = piece.partition("=")
        key, said = (key.strip().upper(), said.strip().strip('"')) if mark else ("TYPE", key.strip())
        if key == "TYPE":
            types.update(one.strip().lower() for one in said.split(","))
        elif key == "CHARSET":
            charset = said
        elif key == "ENCODING":
            encoding = said.upper()
        elif key == "LANGUAGE":
            language = said
        elif key == "PREF" and said.isdecimal():
            preferred = min(preferred, int(said))
    bare = types & {"quoted-printable", "base64", "b"}
    decoded = _decoded(value, encoding or next(iter(bare), "").upper(), charset)
    if "pref" in types:
        preferred = min(preferred, 1)
    return Property(name, decoded, frozenset(types), preferred, language)


def _halves(line: bytes) -> tuple[bytes, bytes]:
    """What stands before the first colon outside quotation marks, and behind it."""
    within = False
    for place, letter in enumerate(line[:4096]):
        if letter == 34:
            within = not within
        elif letter == 58 and not within:
            return line[:place], line[place + 1 :]
    head, _colon, value = line.partition(b":")
    return head, value


def _params(head: str) -> list[str]:
    return re.findall(r'(?:[^;"]|"[^"]*"?)+', head)[:50]


def _decoded(value: bytes, encoding: str, charset: str) -> str:
    if encoding == "QUOTED-PRINTABLE":
        value = quopri.decodestring(value)
    elif encoding in ("B", "BASE64"):
        try:
            value = base64.b64decode(re.sub(rb"\s+", b"", value))
        except binascii.Error:
            return ""
    for one in (charset, "utf-8", "cp1252"):
        try:
            if one:
                return value.decode(one).replace("\x00", "")
        except (LookupError, ValueError):
            continue
    return value.decode("latin-1").replace("\x00", "")


def split(text: str, mark: str) -> list[str]:
    """At marks without a backslash before them."""
    if "\\" not in text:
        return text.split(mark)
    parts, now, skip = [], "", False
    for letter in text:
        if letter == mark and not skip:
            parts.append(now)
            now = ""
            continue
        now += letter
        skip = letter == "\\" and not skip
    return [*parts, now]


def unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    return ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1] if found[1] in ",;:\\" else found[0], text)
