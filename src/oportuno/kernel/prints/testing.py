"""What a print says, read back from its bytes as a reader of PDF would."""

from __future__ import annotations

import io
import re
import zlib

from pypdf import PdfReader


def opened(made: bytes) -> bytes:
    """The file with what is packed in it laid open."""
    return made + b"\n".join(_streams(made))


def letters_in(made: bytes) -> str:
    """All its letters in their order, without spaces or hyphens: how lines are broken is the setter's."""
    said = "".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)
    return re.sub(r"[\s\u00ad\u2010-]", "", said)


def _streams(made: bytes) -> list[bytes]:
    found = []
    for one in re.finditer(rb"\d+ 0 obj\s*<<(?:(?!endobj).)*?stream\r?\n(.*?)\r?\nendstream", made, re.DOTALL):
        try:
            found.append(zlib.decompressobj().decompress(one[1]))  # its last byte may look like the end of a line
        except zlib.error:
            continue
    return found
