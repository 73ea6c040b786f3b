"""Where bytes lie on the disk. What is shown lies under its digest; a mark beside tells that it must not be shown any more."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from PIL import Image

JPEG_QUALITY = 82
ENDINGS = ("webp", "avif", "jpg")
"""The forms in which a version of a picture may lie on the disk."""


def picture_path(digest: str, width: int, ending: str = "webp") -> Path:
    """Where a version of a picture lies. Two letters of the digest make folders of bearable size."""
    return Path(settings.MEDIA_ROOT) / "pictures" / digest[:2] / f"{digest}-{width}.{ending}"


def jpeg_of(digest: str, width: int) -> Path:
    """The same version as JPEG, which every program that shows mail knows; made once. What was clear is white."""
    path = picture_path(digest, width, "jpg")
    if not path.exists():
        with Image.open(picture_path(digest, width)) as found:
            sheet = Image.new("RGB", found.size, "white")
            sheet.paste(found, mask=found.getchannel("A") if "A" in found.getbands() else None)
        out = io.BytesIO()
        sheet.save(out, "JPEG", quality=JPEG_QUALITY, optimize=True, progressive=True)
        write(path, out.getvalue())
    return path


def file_path(digest: str, ending: str) -> Path:
    """Where a film, a sound or a file lies."""
    return Path(settings.MEDIA_ROOT) / "files" / digest[:2] / f"{digest}.{ending}"


def withheld_mark(digest: str) -> Path:
    """While this is there, nobody but its organisation gets what has this digest."""
    return Path(settings.MEDIA_ROOT) / "withheld" / digest[:2] / digest


def withhold(digests: Iterable[str]) -> None:
    """Stop handing out; the caller knows that nobody else shows the same."""
    for mark in map(withheld_mark, digests):
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.touch()


def release(digests: Iterable[str]) -> None:
    """Hand out again."""
    for digest in digests:
        withheld_mark(digest).unlink(missing_ok=True)


def write(path: Path, content: bytes) -> None:
    """Whole or not at all: written beside and renamed. A row that is rolled back leaves at most an unreferenced file."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(f".{hashlib.sha256(content).hexdigest()[:8]}.new")
    fresh.write_bytes(content)
    fresh.replace(path)


def remove(paths: Iterable[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
