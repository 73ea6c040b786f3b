"""How a text message is coded and how many parts it takes (3GPP TS 23.038 and 23.040).

Letters of the GSM alphabet take seven bits, those of its extension table two places (an escape before them); whatever
else turns the whole message into UCS-2, two bytes a unit, four for an emoji. One message holds 160 or 70 units; with
more, each part carries a header of six bytes and holds 153 or 67. No escape and no pair is cut over two parts.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any, Final

BASIC: Final = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION: Final = "\f^{}\\[~]|€"
BASIC_SET, EXTENSION_SET = frozenset(BASIC), frozenset(EXTENSION)
GSM, UCS2 = "GSM-7", "UCS-2"
ALONE: Final = {GSM: 160, UCS2: 70}
JOINED: Final = {GSM: 153, UCS2: 67}
UNIT_BITS: Final = {GSM: 7, UCS2: 16}
HEADER_BITS = 48  # the header that tells parts apart: six bytes in each

NEAREST: Final[dict[str, str]] = {
    "á": "a", "í": "i", "ó": "o", "ú": "u", "Á": "A", "Í": "I", "Ó": "O", "Ú": "U", "È": "E", "À": "A", "Ù": "U", "Ì": "I", "Ò": "O",
    "ç": "c", "‘": "'", "’": "'", "‚": ",", "‛": "'", "´": "'", "`": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "–": "-", "—": "-", "‑": "-", "−": "-", "…": "...", "•": "-", "·": "-", "°": "o", "º": "o", "ª": "a", "×": "x", "÷": ":",
    "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u200b": "", "\u200d": "", "\ufeff": "", "\ufe0f": "", "\u2028": "\n", "\t": " ",
    "©": "(c)", "®": "(R)", "™": "TM", "¢": "c", "½": "1/2", "¼": "1/4", "¾": "3/4", "✓": "-", "→": "->", "←": "<-", "ı": "i",
}  # fmt: skip
LONGEST = 20_000  # characters that are looked at: a hundred and thirty parts, more than any network carries


@dataclass(frozen=True)
class TextMessage:
    """What a text costs. `culprits`: the characters that made it UCS-2. `nearest`: the same in GSM letters, if that is possible.

    `bits` are those of the words, `total_bits` with the headers of its parts.
    """

    encoding: str
    segments: int
    characters: int
    units: int
    limit: int
    left: int
    culprits: tuple[str, ...]
    nearest: str
    nearest_segments: int
    parts: tuple[str, ...]

    @property
    def bits(self) -> int:
        return self.units * UNIT_BITS[self.encoding]

    @property
    def total_bits(self) -> int:
        return self.bits + HEADER_BITS * (self.segments if self.segments > 1 else 0)

    def as_json(self) -> dict[str, Any]:
        return {
            "encoding": self.encoding,
            "segments": self.segments,
            "characters": self.characters,
            "units": self.units,
            "limit": self.limit,
            "left": self.left,
            "culprits": list(self.culprits),
            "nearest": self.nearest,
            "nearest_segments": self.nearest_segments,
            "parts": list(self.parts),
        }


def preview_sms(text: str) -> TextMessage:
    """How this text goes out. An empty one takes one part."""
    words = text[:LONGEST].replace("\r\n", "\n")
    culprits = tuple(dict.fromkeys(letter for letter in words if not _is_gsm(letter)))
    encoding = UCS2 if culprits else GSM
    units = sum(_width(letter, encoding) for letter in words)
    parts = (words,) if units <= ALONE[encoding] else tuple(_cut(words, encoding))
    limit = ALONE[encoding] if len(parts) == 1 else JOINED[encoding]
    plain = in_gsm(words) if culprits else ""
    return TextMessage(
        encoding=encoding,
        segments=len(parts),
        characters=len(words),
        units=units,
        limit=limit,
        left=limit - sum(_width(letter, encoding) for letter in parts[-1]),
        culprits=culprits,
        nearest=plain,
        nearest_segments=preview_sms(plain).segments if plain else 0,
        parts=parts,
    )


def in_gsm(text: str) -> str:
    """The same words in letters of the GSM alphabet; nothing where that cannot be (an emoji, another script)."""
    found = "".join(_plain(letter) for letter in unicodedata.normalize("NFC", text))
    return found if found and all(_is_gsm(letter) for letter in found) else ""


def _plain(letter: str) -> str:
    if _is_gsm(letter):
        return letter
    if letter in NEAREST:
        return NEAREST[letter]
    base = unicodedata.normalize("NFKD", letter)
    stripped = "".join(one for one in base if not unicodedata.combining(one))
    return stripped if stripped and all(_is_gsm(one) for one in stripped) else letter


def _is_gsm(letter: str) -> bool:
    return letter in BASIC_SET or letter in EXTENSION_SET


def _width(letter: str, encoding: str) -> int:
    if encoding == GSM:
        return 2 if letter in EXTENSION_SET else 1
    return 2 if ord(letter) > 0xFFFF else 1


def _cut(text: str, encoding: str) -> list[str]:
    """Parts as full as may be, without cutting an escape from its letter or a pair in two."""
    parts: list[str] = []
    begin = used = 0
    for at, letter in enumerate(text):
        width = _width(letter, encoding)
        if used + width > JOINED[encoding]:
            parts.append(text[begin:at])
            begin, used = at, 0
        used += width
    return [*parts, text[begin:]]
