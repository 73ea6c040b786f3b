"""Two hundred and more files that are two things at once (T09): none is ever handed out as anything but a picture of our making,
or a sealed attachment."""

from __future__ import annotations

import io
import itertools
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from PIL import Image, PngImagePlugin

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Refusal
from oportuno.kernel.isolation import for_organisation
from oportuno.offer.media.api import download, keep_document, keep_picture

pytestmark = pytest.mark.django_db

MARK = b"c4n4r10"
SECONDS = {
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><!--' + MARK + b"--></svg>",
    "html": b"<!doctype html><script>/*" + MARK + b"*/alert(document.domain)</script>",
    "pdf": b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(" + MARK + b")>>>>endobj\n%%EOF",
    "js": b"=1;/*" + MARK + b"*/alert(1)//",
    "zip": b"PK\x03\x04" + MARK + b"\0" * 30 + b"PK\x05\x06" + b"\0" * 18,
    "php": b"<?php echo '" + MARK + b"'; ?>",
    "mhtml": b"Content-Type: text/html\r\n\r\n<b>" + MARK + b"</b>",
}
KINDS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF")
PLACES = ("before", "behind", "comment", "place taken", "pixels")
NAMES = ("foto.png", "foto.svg", "foto.html", "foto.jpg.html", "foto.pdf", "../../foto.html")
SHAPES = ((16, 16), (1, 1), (1200, 1), (1, 1200))


def polyglots() -> Iterator[tuple[str, bytes]]:
    """(what it is, its bytes): each picture format, each second nature, each hiding place; then whatever is large, moving or no picture."""
    for kind, (second, payload), place in itertools.product(KINDS, SECONDS.items(), PLACES):
        yield f"{kind} {second} {place}", hidden(kind, payload, place)
    for kind, shape in itertools.product(("PNG", "JPEG", "WEBP"), SHAPES):
        yield f"{kind} {shape}", picture(kind, shape) + SECONDS["html"]
    for kind in ("GIF", "WEBP", "PNG"):
        yield f"{kind} animated", moving(kind) + SECONDS["svg"]
    for second, payload in SECONDS.items():
        yield f"bare {second}", payload
        yield f"GIF89a {second}", b"GIF89a" + payload  # GIF and script at once
        yield f"false PNG {second}", b"\x89PNG\r\n\x1a\n" + payload
    for side in (30_000, 65_535, 2**31 - 1):
        yield f"PNG {side}", huge(side)


def picture(kind: str, shape: tuple[int, int] = (16, 16), **more: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", shape, (200, 40, 80)).save(out, kind, **more)
    return out.getvalue()


def hidden(kind: str, payload: bytes, place: str) -> bytes:
    if place == "before":
        return payload + picture(kind)
    if place == "comment" and kind == "PNG":
        words = PngImagePlugin.PngInfo()
        words.add_text("Comment", payload.decode("latin-1"))
        return picture(kind, pnginfo=words)
    if place == "comment":
        return picture(kind, **({"comment": payload} if kind in ("JPEG", "GIF") else {})) + payload
    if place == "place taken" and kind in ("PNG", "JPEG", "WEBP", "TIFF"):
        exif = Image.Exif()
        exif[0x010E] = payload.decode("latin-1")
        exif.get_ifd(0x8825)[1] = "N"  # GPS: where somebody lives
        return picture(kind, exif=exif.tobytes() if kind != "TIFF" else exif)
    if place == "pixels":
        side = 12
        body = (payload * (side * side * 3))[: side * side * 3]
        out = io.BytesIO()
        Image.frombytes("RGB", (side, side), body).save(out, kind)
        return out.getvalue()
    return picture(kind) + payload


def moving(kind: str) -> bytes:
    out = io.BytesIO()
    frames = [Image.new("RGB", (16, 16), (n * 60, 40, 80)) for n in range(4)]
    frames[0].save(out, kind, save_all=True, append_images=frames[1:])
    return out.getvalue()


def huge(side: int) -> bytes:
    """A few bytes that claim to unfold into so many pixels a side."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0" * 9)) + chunk(b"IEND", b"")


def test_it_hands_none_of_them_out_as_what_they_hide(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT, settings.PRIVATE_ROOT = tmp_path / "media", tmp_path / "private"
    names, kept, tried = itertools.cycle(NAMES), 0, 0
    for what, content in polyglots():
        tried += 1
        with for_organisation(1):
            try:
                found = keep_picture(file=io.BytesIO(content), name=next(names), by=None, at=now())
            except Refusal:
                continue
        kept += 1
        for width in found.widths:
            answer = Client().get(found.url(width))
            body = b"".join(answer.streaming_content)
            assert answer.headers["Content-Type"] == "image/webp", what
            assert answer.headers["X-Content-Type-Options"] == "nosniff", what
            assert "sandbox" in answer.headers["Content-Security-Policy"], what
            assert (body[:4], body[8:12]) == (b"RIFF", b"WEBP"), what
            assert len(body) == 8 + int.from_bytes(body[4:8], "little"), what  # nothing stands behind it
            assert MARK not in body, what
            image = Image.open(io.BytesIO(body))
            assert not image.getexif(), what
            assert not getattr(image, "is_animated", False), what
            lighter = Client().get(found.url(width).replace(".webp", ".avif"))
            assert lighter.headers["Content-Type"] == "image/avif", what
            assert MARK not in b"".join(lighter.streaming_content), what
    assert tried >= 200
    assert 150 < kept < tried  # honest pictures go in, and not everything does
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {path.suffix for path in written} == {".webp", ".avif"}  # what they brought is nowhere on the disk
    assert not any(MARK in path.read_bytes() for path in written)


def test_it_seals_those_that_pass_as_documents(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT, settings.PRIVATE_ROOT = tmp_path / "media", tmp_path / "private"
    names, kept = itertools.cycle((*NAMES, "hoja.xlsx", "carta.docx")), 0
    for what, content in polyglots():
        with for_organisation(1):
            try:
                document = keep_document(file=io.BytesIO(content), name=next(names), by=None, at=now())
            except Refusal:
                continue
            kept += 1
            answer = download(document.pk)
            list(answer.streaming_content)
        assert answer.headers["Content-Disposition"].startswith("attachment"), what
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox", what
        assert not any(live in answer.headers["Content-Type"] for live in ("html", "svg", "xml;", "javascript")), what
    assert kept > 50
