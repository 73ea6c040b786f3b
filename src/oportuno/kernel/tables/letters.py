"""Which encoding a text file is in. BOM first, then UTF-8 if it fits, then the likeliest of the old ones."""

from __future__ import annotations

import codecs
from pathlib import Path

from charset_normalizer import from_bytes

from oportuno.kernel.tables.bounds import Unreadable, opened

LOOKED_AT = 64 * 2**20  # bytes; an accent may come late in a file
SAMPLE = 64 * 1024
OLD = ["cp1252", "mac_roman", "cp850"]
BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
MARKUP = (b"<?xml", b"<!doctype", b"<html", b"<rss")  # text, and yet no table: a site's export, a page that was saved
CONTROL = bytes(set(range(32)) - {9, 10, 12, 13, 27})


def encoding_of(path: Path) -> str:
    """The name of the encoding. Raises Unreadable for what is no text at all."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with opened(path) as file:
        head = file.read(SAMPLE)
        for bom, name in BOMS:
            if head.startswith(bom):
                return name
        if name := _utf16(head):
            return name
        if len(head.translate(None, CONTROL)) < len(head) * 0.98 or b"\x00" in head or head.lstrip().lower().startswith(MARKUP):
            raise Unreadable("not_text")
        chunk, seen, is_utf8 = head, 0, False
        while chunk and seen < LOOKED_AT:
            try:
                is_utf8 = is_utf8 or not decoder.decode(chunk).isascii()
            except UnicodeDecodeError as error:
                if is_utf8 or not _ascii_before(chunk, error.start):
                    return "utf-8"  # some bytes are spoilt: their rows will say so
                return _old(chunk[max(0, error.start - SAMPLE // 4) :][:SAMPLE])
            seen += len(chunk)
            chunk = file.read(SAMPLE)
    return "utf-8"


def _ascii_before(chunk: bytes, end: int) -> bool:
    """Whether there were no accents before, so that nothing speaks for UTF-8."""
    return chunk[:end].isascii()


def _utf16(head: bytes) -> str:
    """UTF-16 without a BOM: every second byte of Latin text is zero."""
    pairs = len(head) // 2
    if pairs < 8:
        return ""
    if head[1 : 2 * pairs : 2].count(0) > pairs * 0.7:
        return "utf-16-le"
    return "utf-16-be" if head[0 : 2 * pairs : 2].count(0) > pairs * 0.7 else ""


def _old(sample: bytes) -> str:
    best = from_bytes(sample, cp_isolation=OLD).best()
    return best.encoding if best and best.encoding in OLD else "cp1252"
