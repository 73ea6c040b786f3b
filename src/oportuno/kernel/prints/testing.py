"""What a print says, read back from its bytes as a reader of PDF would."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
FONT = re.compile(rb"/(f\d+) (\d+) 0 R")
"""What a page calls a font, and which it is."""


def opened(made: bytes) -> bytes:
    """The file with what is packed in it laid open."""
    return made + b"\n".join(_streams(made).values())


def letters_in(made: bytes) -> str:
    """All its letters in their order, without spaces or hyphens: how lines are broken is the setter's."""
    streams = _streams(made)
    fonts = {
        number: _glyphs(streams[told])
        for number, told in _references(rb"(\d+) 0 obj\s*<</Type/Font/Subtype/Type0\b.*?/ToUnicode (\d+) 0 R", made)
    }
    held = {int(number): body for number, body in re.findall(rb"(\d+) 0 obj\s*(<<.*?)endobj", made, re.DOTALL)}
    shown = [
        _shown(streams[contents], {name: fonts[int(font)] for name, font in FONT.findall(held[resources]) if int(font) in fonts})
        for resources, contents in _references(rb"/Type/Page/Resources (\d+) 0 R.*?/Contents (\d+) 0 R", made)
    ]  # each page has its own names of fonts
    return re.sub(r"[\s\u00ad\u2010-]", "", "".join(shown))


def _streams(made: bytes) -> dict[int, bytes]:
    """What is packed, by the number of its object."""
    found = {}
    for one in re.finditer(rb"(\d+) 0 obj\s*<<(?:(?!endobj).)*?stream\r?\n(.*?)\r?\nendstream", made, re.DOTALL):
        try:
            found[int(one[1])] = zlib.decompressobj().decompress(one[2])  # its last byte may look like the end of a line
        except zlib.error:
            continue
    return found


def _references(pattern: bytes, made: bytes) -> Iterator[tuple[int, int]]:
    return ((int(one), int(other)) for one, other in re.findall(pattern, made, re.DOTALL))


def _glyphs(told: bytes) -> dict[int, str]:
    """Which letters each glyph of a font stands for."""
    pairs = re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]+)>", told.partition(b"endcodespacerange")[2])
    return {int(glyph, 16): bytes.fromhex(letters.decode()).decode("utf-16-be") for glyph, letters in pairs}


def _shown(stream: bytes, fonts: dict[bytes, dict[int, str]]) -> str:
    """What a page's stream draws: fonts are named as they change, glyphs are pairs of bytes between parentheses."""
    said, font = [], {}
    for name, string in re.findall(rb"/(f\d+) [\d.]+ Tf|\(((?:\\.|[^\\()])*)\)", stream, re.DOTALL):
        if name:
            font = fonts.get(name, {})
            continue
        glyphs = _unescaped(string)
        said += [font.get(int.from_bytes(glyphs[at : at + 2]), "") for at in range(0, len(glyphs), 2)]
    return "".join(said)


def _unescaped(string: bytes) -> bytes:
    def plain(found: re.Match[bytes]) -> bytes:
        given = found[1]
        return bytes([int(given, 8)]) if given[:1].isdigit() else _ESCAPES.get(given, given)

    return re.sub(rb"\\([0-7]{1,3}|.)", plain, string, flags=re.DOTALL)
