"""What may be uploaded, by its content and not by its name."""

from __future__ import annotations

from dataclasses import dataclass

WIDTHS = (320, 640, 1280)
"""Pixels. A phone's card, a desktop's card or a phone's page, a desktop's page."""

PICTURE_BYTES = 15 * 2**20
PICTURE_PIXELS = 50_000_000  # what a decoder may unfold; a bomb of 10 KB can hold billions
DOCUMENT_BYTES = 20 * 2**20
MOST_BYTES = {"image": PICTURE_BYTES, "video": 500 * 2**20, "audio": 200 * 2**20, "file": 50 * 2**20}
"""Of one thing of the library, by kind. An hour of sound is 60 MB, ten minutes of film at 1080p 150 MB."""
LIBRARY_BYTES = 20 * 2**30
"""Of all that one organisation keeps."""
START = 4096
"""Bytes that are enough to tell what a file is."""

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

ENDINGS = {
    "mp4": "video/mp4",
    "webm": "video/webm",
    "mov": "video/quicktime",
    "ogv": "video/ogg",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "aac": "audio/aac",
    "ogg": "audio/ogg",
    "wav": "audio/wav",
    "flac": "audio/flac",
    "pdf": "application/pdf",
    **OFFICE,
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "epub": "application/epub+zip",
    "zip": "application/zip",
    "csv": "text/csv",
    "txt": "text/plain",
}
"""Ending → type, of all that is handed out as it came. The ending is ours, told from the content; nothing here is read as a page."""
ZIPPED = ("docx", "xlsx", "pptx", "odt", "ods", "odp", "epub")
WORDS = ("csv", "txt")
MP4_BRANDS = ("isom", "iso2", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "dash", "MSNV", "M4V ", "3gp4", "3gp5")
SOUND_BRANDS = ("M4A ", "M4B ")


@dataclass(frozen=True, slots=True)
class Shape:
    """What a file is: `kind` of the library, its ending and its type. An image has no ending: it is made anew."""

    kind: str
    ending: str = ""

    @property
    def content_type(self) -> str:
        return ENDINGS.get(self.ending, "image/webp")


def type_of(start: bytes, name: str) -> str | None:
    """The content type that the first bytes tell, or None. Office files are zips, so their ending chooses among the two."""
    found = next((kind for signature, offset, kind in SIGNATURES if start[offset : offset + len(signature)] == signature), None)
    return OFFICE.get(name.rsplit(".", 1)[-1].lower()) if found == "application/zip" else found


def shape_of(start: bytes, name: str) -> Shape | None:
    """What the library would keep this as, by its first bytes (at least `START`, or all); None for what it does not keep."""
    ending = name.rsplit(".", 1)[-1].lower()
    kind = type_of(start, name)
    if (kind or "").startswith("image/") or start[:2] == b"BM" or start[:4] in (b"II*\0", b"MM\0*"):
        return Shape("image")
    if found := _moving(start) or _sounding(start):
        return found
    if kind == "application/pdf":
        return Shape("file", "pdf")
    if start[:4] == b"PK\x03\x04":
        return Shape("file", ending if ending in ZIPPED else "zip")
    return Shape("file", ending) if ending in WORDS and _is_words(start) else None


def _moving(start: bytes) -> Shape | None:
    if start[4:8] == b"ftyp":
        brand = start[8:12].decode("latin-1")
        if brand in SOUND_BRANDS:
            return Shape("audio", "m4a")
        if brand == "qt  ":
            return Shape("video", "mov")
        return Shape("video", "mp4") if brand in MP4_BRANDS else None
    if start[:4] == b"\x1a\x45\xdf\xa3" and b"webm" in start[:64]:
        return Shape("video", "webm")
    if start[:4] == b"OggS":
        return Shape("video", "ogv") if b"theora" in start[:128] else Shape("audio", "ogg")
    return None


def _sounding(start: bytes) -> Shape | None:
    if start[:4] == b"RIFF" and start[8:12] == b"WAVE":
        return Shape("audio", "wav")
    if start[:4] == b"fLaC":
        return Shape("audio", "flac")
    if start[:3] == b"ID3" or _mpeg_frames(start):
        return Shape("audio", "mp3")
    if len(start) > 7 and start[0] == 0xFF and start[1] in (0xF1, 0xF9):
        return Shape("audio", "aac")
    return None


RATES = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)  # kbit/s of MPEG 1 layer III
SAMPLES = (44_100, 48_000, 32_000)


def _mpeg_frames(start: bytes) -> bool:
    """Two frames of MPEG 1 layer III that follow each other: two bytes alone may be anything."""
    if len(start) < 4 or start[0] != 0xFF or start[1] & 0xFE != 0xFA:
        return False
    rate, sample = start[2] >> 4, start[2] >> 2 & 3
    if rate in (0, 15) or sample == 3:
        return False
    length = 144 * RATES[rate] * 1000 // SAMPLES[sample] + (start[2] >> 1 & 1)
    return start[length : length + 1] == b"\xff" and len(start) > length + 1 and start[length + 1] & 0xFE == 0xFA


def _is_words(start: bytes) -> bool:
    """Text, as far as one sees: no control characters but tabs and line ends."""
    return bool(start) and not any(byte < 32 and byte not in (9, 10, 12, 13) for byte in start)


def clean_name(name: str) -> str:
    """A file name without folders or control characters, at most 200 characters, never empty."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in last if c.isprintable() and c not in '<>:"|?*;').strip(". ")[-200:] or "file"


def fitted(width: int, height: int, target: int) -> tuple[int, int]:
    """Size with the same ratio whose width is `target`, or the size itself if it is smaller."""
    return (width, height) if width <= target else (target, max(1, round(height * target / width)))


def part_of(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte (inclusive) that a `Range` header asks for; None for all. ValueError when there are none such.

    Source: RFC 9110 §14.1.2. Several ranges at once are answered whole, as §14.2 allows.
    """
    unit, _equals, said = header.partition("=")
    if unit.strip().lower() != "bytes" or "," in said or "-" not in said:
        return None
    first, _dash, last = (part.strip() for part in said.partition("-"))
    if not all((part.isascii() and part.isdigit()) or not part for part in (first, last)) or not (first or last):
        return None
    if not first:
        start, end = max(0, size - int(last)), size - 1
        if not int(last):
            raise ValueError("range")
    else:
        start, end = int(first), min(int(last), size - 1) if last else size - 1
        if last and int(last) < start:
            return None
    if start >= size:
        raise ValueError("range")
    return start, end
