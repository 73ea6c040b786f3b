"""TeX's way of writing letters, as BibTeX files have it: into letters and back. No other command means anything here."""

from __future__ import annotations

import re
import unicodedata

ACCENTS = {"'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307", "c": "\u0327",
           "v": "\u030c", "u": "\u0306", "H": "\u030b", "r": "\u030a", "k": "\u0328"}  # fmt: skip
LETTERS = {
    "ss": "ß",
    "ae": "æ",
    "AE": "Æ",
    "oe": "œ",
    "OE": "Œ",
    "o": "ø",
    "O": "Ø",
    "l": "ł",
    "L": "Ł",
    "aa": "å",
    "AA": "Å",
    "i": "i",
    "j": "j",
}
ACCENTED = re.compile(r"""\\(?:(['`^"~=.])\s*\{?\\?([A-Za-z])\}?|([cvuHrk])\s*\{\\?([A-Za-z])\})""")
LETTER = re.compile(r"\\(ss|ae|AE|oe|OE|aa|AA|o|O|l|L|i|j)(?![A-Za-z])(?:\{\}|\s)?")
COMMAND = re.compile(r"\\(?:[A-Za-z]+\*?\s*|([&%$#_{}]))")
DASHES = (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"), ("~", " "))
SPECIAL = re.compile(r"([&%$#_{}])")


def from_latex(text: str) -> str:
    """Letters for accents and signs; braces and commands are dropped, their words stay."""
    text = ACCENTED.sub(_accented, text)
    text = LETTER.sub(lambda found: LETTERS[found[1]], text)
    text = COMMAND.sub(lambda found: f"\0{ord(found[1])}\0" if found[1] else "", text)
    text = text.replace("{", "").replace("}", "")
    for written, meant in DASHES:
        text = text.replace(written, meant)
    text = re.sub("\0(\\d+)\0", lambda found: chr(int(found[1])), text)
    return " ".join(unicodedata.normalize("NFC", text).split())


def to_latex(text: str) -> str:
    """For UTF-8 BibTeX: only what TeX would take for a command is written otherwise."""
    text = text.replace("\\", "\0")
    return SPECIAL.sub(r"\\\1", text).replace("\0", r"\textbackslash{}").replace("~", r"\textasciitilde{}")


def _accented(found: re.Match[str]) -> str:
    mark, letter = found[1] or found[3], found[2] or found[4]
    return unicodedata.normalize("NFC", letter + ACCENTS[mark])
