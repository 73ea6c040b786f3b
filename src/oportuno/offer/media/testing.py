"""Things to put into a library in tests."""

from __future__ import annotations

import io

from PIL import Image

from oportuno.offer.media.actions.clockwork import put_uses_right
from oportuno.offer.media.models import Used

__all__ = ["FILES", "forget_uses", "put_uses_right"]

FRAME = b"\xff\xfb\x90\x00" + b"\0" * 413
"""One frame of MPEG 1 layer III: 128 kbit/s, 44.1 kHz."""
FILES = {
    "rosa.mp4": b"\0\0\0\x18ftypisom\0\0\x02\0isomiso2" + b"film" * 200,
    "rosa.mov": b"\0\0\0\x14ftypqt  \0\0\0\0qt  " + b"film" * 20,
    "rosa.webm": b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm" + b"\0" * 60,
    "voz.mp3": FRAME * 4,
    "voz.m4a": b"\0\0\0\x18ftypM4A \0\0\0\0M4A isom" + b"\0" * 40,
    "voz.ogg": b"OggS\0\x02" + b"\0" * 22 + b"\x01\x1e\x01vorbis" + b"\0" * 40,
    "voz.wav": b"RIFF\x24\0\0\0WAVEfmt " + b"\0" * 40,
    "voz.flac": b"fLaC\0\0\0\x22" + b"\0" * 40,
    "lista.pdf": b"%PDF-1.7\n%rosas\n%%EOF",
    "lista.xlsx": b"PK\x03\x04" + b"\0" * 60,
    "lista.csv": b"flor,precio\nrosa,3000\nclavel,2000\n",
}
"""Name → bytes: the beginning of one of each."""


def image(width: int = 400, height: int = 300, colour: str = "crimson", kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, kind)
    return out.getvalue()


def forget_uses() -> None:
    """As if nobody had ever written down what documents show. Acts for the market."""
    Used.objects.all().delete()
