"""From bytes to what the other rules read: headers, own words, machine-readable parts, the mail that is returned.

Anybody sends anything: broken boundaries, unknown charsets, parts within parts without end. Nothing here raises, and
the work is bounded.
"""

from __future__ import annotations

import base64
import html
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, message_from_string
from email.header import decode_header
from email.message import Message
from email.policy import compat32

MOST_BYTES = 4_000_000  # of a mail; the rest is not looked at
MOST_WORDS = 120_000  # characters of a mail's own text
MOST_PARTS, DEEPEST = 200, 24
LONGEST_LINE = 2_000

STATUS_TYPES = {"message/delivery-status", "message/global-delivery-status"}
ORIGINAL_TYPES = {"message/rfc822", "message/global", "text/rfc822-headers", "message/rfc822-headers", "message/global-headers"}
TAG = re.compile(r"<[^<>]{0,2000}>")
NO_WORDS = (("<!--", "-->"), ("<style", "</style"), ("<script", "</script"), ("<title", "</title"))
BREAK = re.compile(r"<(?:br|/?p|/?div|/?tr|/?li|/?h[1-6]|/?table|hr|/?blockquote|/?pre)\b[^<>]{0,500}>", re.I)

BOUNDARY = re.compile(r"^--([^\s\"]{1,200})[ \t]*\r?\n[A-Za-z-]+:", re.M)


@dataclass
class Opened:
    headers: dict[str, list[str]] = field(default_factory=dict)  # names in small letters
    content_type: str = "text/plain"
    report_type: str = ""
    text: str = ""  # plain, or what the HTML says
    html: str = ""
    statuses: list[str] = field(default_factory=list)  # message/delivery-status, raw
    feedbacks: list[str] = field(default_factory=list)  # message/feedback-report, raw
    receipts: list[str] = field(default_factory=list)  # message/disposition-notification, raw
    original: dict[str, list[str]] = field(default_factory=dict)  # headers of the mail that is returned

    def header(self, name: str) -> str:
        """The first of this name, or nothing."""
        return next(iter(self.headers.get(name, ())), "")


def open_mail(raw: bytes) -> Opened:
    raw = raw[:MOST_BYTES]
    try:
        return _opened(message_from_bytes(raw, policy=compat32))
    except Exception:  # the parser has depths of its own; whatever it does, words remain
        return Opened(text=_lines(decoded(raw, "")))


def decoded(payload: bytes, charset: str) -> str:
    for name in (charset, "utf-8"):
        try:
            return storable(payload.decode(name or "ascii"))
        except (LookupError, ValueError):
            continue
    return storable(payload.decode("latin-1"))


def storable(text: str) -> str:
    """Without what no database takes: NUL, and halves of letters, which UTF-7 and its kin let anybody write."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode()


def words_of_html(source: str) -> str:
    """What a reader of the HTML sees, a line a block."""
    text = source[: MOST_WORDS * 3].replace("\r\n", "\n")
    for start, end in NO_WORDS:
        text = _without(text, start, end)
    text = BREAK.sub("\n", text)
    return html.unescape(TAG.sub("", text)).replace("\xa0", " ")


def headers_in(text: str) -> dict[str, list[str]]:
    """Headers that stand in a text, folded or not; for what is returned as text or in pieces."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in text.splitlines()[:500]:
        if line[:1] in " \t" and name:
            found[name][-1] += " " + line.strip()
            continue
        before, colon, after = line.partition(":")
        name = before.strip().lower() if colon and re.fullmatch(r"[A-Za-z][\w.-]{0,60}", before.strip()) else ""
        if name:
            found.setdefault(name, []).append(after.strip()[:LONGEST_LINE])
    return found


def _without(text: str, start: str, end: str) -> str:
    """The text without what lies between, in one pass; what is never closed goes as well."""
    small, kept, at = text.lower(), [], 0
    if len(small) != len(text):  # a few letters have longer small ones
        return text
    while (begin := small.find(start, at)) >= 0:
        kept.append(text[at:begin])
        found = small.find(end, begin)
        at = found + len(end) if found >= 0 else len(text)
    return " ".join([*kept, text[at:]])


def _opened(mail: Message) -> Opened:
    found = Opened(headers=_headers(mail), content_type=_type(mail))
    try:
        found.report_type = str(mail.get_param("report-type") or "").lower()
    except Exception:
        found.report_type = ""
    plain: list[str] = []
    rich: list[str] = []
    for part, inside in _parts(mail):
        kind = _type(part)
        if kind in STATUS_TYPES:
            found.statuses.append(_source(part))
        elif kind == "message/feedback-report":
            found.feedbacks.append(_source(part))
        elif kind == "message/disposition-notification":
            found.receipts.append(_source(part))
        elif kind in ORIGINAL_TYPES and not found.original:
            found.original = _original(part)
        elif not inside and kind == "text/plain":
            plain.append(_text(part))
        elif not inside and kind == "text/html":
            rich.append(_text(part))
    found.html = "\n".join(rich)[: MOST_WORDS * 3]
    words = "\n".join(plain)
    if not words.strip():
        words = words_of_html(found.html)
    found.text = _lines(words)
    return found


def _parts(mail: Message) -> Iterator[tuple[Message, bool]]:
    """Leaves, outermost first, and whether they lie inside a returned mail. A returned mail itself comes before its parts."""
    waiting: list[tuple[Message, int, bool]] = [(mail, 0, False)]
    seen = 0
    while waiting and seen < MOST_PARTS:
        part, depth, inside = waiting.pop(0)
        seen += 1
        payload = _payload(part)
        kind = _type(part)
        if kind in ORIGINAL_TYPES or (kind in STATUS_TYPES or kind.startswith("message/")):
            yield part, inside
        if isinstance(payload, list) and kind not in STATUS_TYPES and depth < DEEPEST:
            below = inside or kind in ORIGINAL_TYPES
            waiting.extend((one, depth + 1, below) for one in payload if isinstance(one, Message))
        elif not kind.startswith("message/"):
            yield part, inside


def _payload(part: Message) -> object:
    """What the parser found; where a mail of parts names another boundary than stands in it, it is cut at that one."""
    payload = part.get_payload()
    if not isinstance(payload, str) or part.get_content_maintype() != "multipart" or not (found := BOUNDARY.search(payload)):
        return payload
    again = message_from_string(f'Content-Type: multipart/mixed; boundary="{found.group(1)}"\n\n{payload}', policy=compat32)
    return again.get_payload()


def _type(part: Message) -> str:
    try:
        return part.get_content_type()
    except Exception:
        return "text/plain"


def _headers(mail: Message) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in list(mail.raw_items())[:500]:
        found.setdefault(name.lower(), []).append(_words(value))
    return found


def _words(value: object) -> str:
    """A header's value, decoded and on one line."""
    raw = str(value).encode("utf-8", "surrogateescape")  # letters beyond ASCII came in as they were
    text = re.sub(r"\s*[\r\n]+\s*", " ", decoded(raw, ""))[:LONGEST_LINE].strip()
    if "=?" not in text:
        return text
    try:
        return "".join(decoded(part, charset or "") if isinstance(part, bytes) else storable(part) for part, charset in decode_header(text))
    except Exception:
        return text


def _text(part: Message) -> str:
    try:
        if str(part.get("content-disposition", "")).lower().startswith("attachment"):
            return ""
        payload = part.get_payload(decode=True)
        charset = part.get_content_charset() or ""
    except Exception:
        payload, charset = part.get_payload(), ""
    if isinstance(payload, bytes):
        return decoded(payload, charset)
    return storable(payload) if isinstance(payload, str) else ""


def _source(part: Message) -> str:
    """A report's raw text: the parser made messages of its blocks, wherever it found an empty line."""
    payload = part.get_payload()
    try:
        if not isinstance(payload, list):
            return _text(part)
        blocks = ["\n".join(f"{n}: {v}" for n, v in one.items()) + "\n" + _tail(one) for one in payload if isinstance(one, Message)]
        return _uncoded("\n\n".join(blocks), str(part.get("content-transfer-encoding", "")).strip().lower())
    except Exception:
        return ""


def _uncoded(source: str, coding: str) -> str:
    """Reports are to be plain, and some are coded all the same; then the parser has taken none of it for headers."""
    if coding == "base64":
        return decoded(base64.b64decode("".join(source.split()) + "==", validate=False), "")
    return decoded(quopri.decodestring(source.encode("utf-8", "replace")), "") if coding == "quoted-printable" else storable(source)


def _tail(block: Message) -> str:
    payload = block.get_payload()
    return payload if isinstance(payload, str) else ""


def _original(part: Message) -> dict[str, list[str]]:
    payload = part.get_payload()
    if isinstance(payload, list) and payload and isinstance(payload[0], Message):
        return _headers(payload[0])
    return headers_in(_text(part))


def _lines(text: str) -> str:
    lines = storable(text[:MOST_WORDS]).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line[:LONGEST_LINE].rstrip() for line in lines)
