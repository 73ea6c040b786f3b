"""Whatever people upload, what we hand out is a picture of our own making or a sealed attachment."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from oportuno.kernel.clock import now
from oportuno.kernel.errors import NotFound, Refusal
from oportuno.kernel.isolation import for_organisation, for_public
from oportuno.offer.media.actions.storing import withhold
from oportuno.offer.media.api import Document, Picture, document_for, download, keep_document, keep_picture

pytestmark = pytest.mark.django_db
SCRIPT = b"<script>alert(document.domain)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'


@pytest.fixture(autouse=True)
def _folders(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT, settings.PRIVATE_ROOT = tmp_path / "media", tmp_path / "private"


def image(width: int = 1600, height: int = 900, kind: str = "PNG", **options: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), (200, 40, 80)).save(out, kind, **options)
    return out.getvalue()


def keep(content: bytes, name: str = "rosa.png") -> Picture:
    with for_organisation(1):
        return keep_picture(file=io.BytesIO(content), name=name, by=None, at=now(), alt="Una rosa")


def test_it_keeps_a_picture_in_three_widths_and_hands_out_webp() -> None:
    kept = keep(image())
    assert kept.widths == [320, 640, 1280]
    answer = Client().get(kept.url(500))
    assert answer.headers["Content-Type"] == "image/webp"
    assert "immutable" in answer.headers["Cache-Control"]
    assert Image.open(io.BytesIO(b"".join(answer.streaming_content))).size == (640, 360)


def test_it_hands_out_jpeg_to_mails_with_white_where_it_was_clear_and_nothing_that_is_not_there() -> None:
    clear = io.BytesIO()
    Image.new("RGBA", (800, 400), (0, 0, 0, 0)).save(clear, "PNG")
    kept = keep(clear.getvalue())
    for _again in range(2):
        answer = Client().get(kept.url(640).replace(".webp", ".jpg"))
        assert answer.headers["Content-Type"] == "image/jpeg"
        found = Image.open(io.BytesIO(b"".join(answer.streaming_content)))
        assert (found.format, found.size) == ("JPEG", (640, 320))
        assert min(found.getpixel((5, 5))) > 250
    assert Client().get(kept.url(640).replace("-640.webp", "-641.jpg")).status_code == 404, "only versions that we keep"
    withhold([kept.digest])
    assert Client().get(kept.url(640).replace(".webp", ".jpg")).status_code == 404


def test_it_does_not_blow_a_small_picture_up() -> None:
    assert keep(image(200, 100)).widths == [200]


def test_it_forgets_where_a_photograph_was_taken() -> None:
    exif = Image.Exif()
    exif[0x010E] = "Calle 1 # 2-3, Medellín"
    kept = keep(image(kind="JPEG", exif=exif.tobytes()), "foto.jpg")
    content = b"".join(Client().get(kept.url()).streaming_content)
    assert b"Medell" not in content
    assert not Image.open(io.BytesIO(content)).getexif()


@pytest.mark.parametrize(
    "tail",
    [SCRIPT, SVG, b"<?php system($_GET[0]); ?>", b"PK\x03\x04" + b"\0" * 100, b"%PDF-1.4 /JavaScript (app.alert(1))"],
    ids=["html", "svg", "php", "zip", "pdf"],
)
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "BMP"])
def test_it_re_encodes_a_polyglot_until_nothing_of_it_is_left(kind: str, tail: bytes) -> None:
    comment = {"comment": tail} if kind in ("JPEG", "GIF") else {}
    kept = keep(image(60, 60, kind, **comment) + tail, f"foto.{kind.lower()}.html")
    content = b"".join(Client().get(kept.url()).streaming_content)
    assert content[:4] == b"RIFF"
    assert tail[:12] not in content


@pytest.mark.parametrize(
    "content", [SVG, SCRIPT, b"", b"GIF89a", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, b"%PDF-1.4", b"RIFF\0\0\0\0WEBP"], ids=range(7)
)
def test_it_refuses_what_is_no_picture_and_keeps_nothing(content: bytes) -> None:
    with pytest.raises(Refusal, match=r"rosa\.png"):
        keep(content)
    with for_organisation(1):
        assert not Picture.objects.exists()


def test_it_refuses_a_small_file_that_unfolds_into_billions_of_pixels() -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    bomb = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(b"\0" * 9))
        + chunk(b"IEND", b"")
    )
    with pytest.raises(Refusal):
        keep(bomb)


def test_it_tells_a_document_by_its_content_and_seals_it() -> None:
    with for_organisation(1):
        kept = keep_document(file=io.BytesIO(b"%PDF-1.7 rut"), name="../../RUT\n.pdf", by=None, at=now())
        assert kept.name == "RUT.pdf"
        answer = download(kept.pk)
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        for content, name in ((SVG, "rut.pdf"), (SCRIPT, "rut.pdf"), (b"MZ" + b"\0" * 60, "rut.pdf"), (b"PK\x03\x04", "rut.jar")):
            with pytest.raises(Refusal):
                keep_document(file=io.BytesIO(content), name=name, by=None, at=now())
        assert Document.objects.count() == 1


def test_it_shows_a_document_to_its_own_organisation_only() -> None:
    with for_organisation(1):
        kept = keep_document(file=io.BytesIO(b"%PDF-1.7 rut"), name="rut.pdf", by=None, at=now())
    for elsewhere in (for_organisation(2), for_public()):
        with elsewhere, pytest.raises(NotFound):
            document_for(kept.pk)


@pytest.mark.parametrize(
    "path",
    [
        "/media/pictures/../../secrets.json",
        "/media/pictures/" + "a" * 64 + "-640.webp",
        "/media/private/1/x",
        "/media/pictures/%2e%2e/x.webp",
    ],
)
def test_it_hands_out_nothing_but_pictures(path: str) -> None:
    assert Client().get(path).status_code == 404
