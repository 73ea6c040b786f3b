"""What may be uploaded, by its content and not by its name."""

from __future__ import annotations

WIDTHS = (320, 640, 1280)
"""Pixels. A phone's card, a desktop's card or a phone's page, a desktop's page."""

PICTURE_BYTES = 15 * 2**20
PICTURE_PIXELS = 50_000_000  # what a decoder may unfold; a bomb of 10 KB can hold billions
DOCUMENT_BYTES = 20 * 2**20

SIGNATURES: tuple[tuple[bytes, int, str], ...] = (
    (b"%PDF-", 0, "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", 0, "image/png"),
    (b"\xff\xd8\xff", 0, "image/jpeg"),
    (b"WEBP", 8, "image/webp"),
    (b"ftypavif", 4, "image/avif"),
    (b"GIF87a", 0, "image/gif"),
    (b"GIF89a", 0, "image/gif"),
    (b"PK\x03\x04", 0, "application/zip"),
)
"""(bytes, offset, type). HTML, SVG and scripts are not here: nobody gets them back from us as what they are (threat T09)."""

OFFICE = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
DOCUMENT_TYPES = frozenset({"application/pdf", "image/png", "image/jpeg", "image/webp", *OFFICE.values()})


def type_of(start: bytes, name: str) -> str | None:
    """The content type that the first bytes tell, or None. Office files are zips, so their ending chooses among the two."""
    found = next((kind for signature, offset, kind in SIGNATURES if start[offset : offset + len(signature)] == signature), None)
    return OFFICE.get(name.rsplit(".", 1)[-1].lower()) if found == "application/zip" else found


def clean_name(name: str) -> str:
    """A file name without folders or control characters, at most 200 characters, never empty."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in last if c.isprintable() and c not in '<>:"|?*;').strip(". ")[-200:] or "file"


def fitted(width: int, height: int, target: int) -> tuple[int, int]:
    """Size with the same ratio whose width is `target`, or the size itself if it is smaller."""
    return (width, height) if width <= target else (target, max(1, round(height * target / width)))
