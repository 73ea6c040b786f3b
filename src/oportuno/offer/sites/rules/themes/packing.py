"""The file that a theme comes in: a .zip of theme.json, styles/*.json, style.css (its header only), fonts and pictures. Nothing is
written to disk here, nothing is run, and what a theme has no use for is named and left out.
"""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from .reading import plain, read
from .remarks import Remarks, WrongTheme

MOST_PACKED = 8 * 2**20
MOST_UNPACKED = 24 * 2**20
MOST_ONE = 4 * 2**20
MOST_FILES = 400
MOST_FONTS, FONT_BYTES = 60, 500 * 1024
MOST_PICTURES, PICTURE_BYTES = 24, 3 * 2**20
MOST_VARIATIONS = 12
PATH = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_. -]{0,80}(/[A-Za-z0-9_-][A-Za-z0-9_. -]{0,80}){0,7}")
FONT, PICTURES = ".woff2", (".webp", ".png", ".jpg", ".jpeg")
CODE = (".php", ".js", ".mjs", ".html", ".htm", ".phtml", ".phar", ".py", ".sh", ".exe", ".wasm", ".jsx", ".ts")
OTHER_FONTS = (".woff", ".ttf", ".otf", ".eot")
SILENT = ("license", "licence", "readme", "changelog", "screenshot", "ofl", "copying", "notice")
SLUG = re.compile(r"[^a-z0-9]+")
HEADER = re.compile(
    r"^[ \t/*#@]*(Theme Name|Author|Description|Version|License|License URI|Tags)[ \t]*:[ \t]*(.*?)[ \t]*(?:\*/)?[ \t]*$", re.M | re.I
)
VERSION = re.compile(r"\d{1,4}(\.\d{1,4}){0,2}")
WOFF2 = struct.Struct(">4sIIHHIIHHIIIII")
FLAVOURS = (0x00010000, 0x4F54544F, 0x74727565)


@dataclass(frozen=True, slots=True)
class Header:
    """What style.css says of the theme."""

    name: str = ""
    author: str = ""
    description: str = ""
    version: str = ""
    licence: str = ""


@dataclass(frozen=True)
class Package:
    """What is taken of the file. Themes as dumped models, fonts and pictures by their path inside of the theme."""

    header: Header
    theme: dict[str, Any]
    variations: dict[str, dict[str, Any]]
    fonts: dict[str, bytes]
    pictures: dict[str, bytes]
    remarks: Remarks = field(default_factory=Remarks)


def unpacked(content: bytes) -> dict[str, bytes]:
    """Files of a .zip by path, below the folder that holds theme.json. Raises WrongTheme: no zip, a bomb, a path that leads out, a link."""
    if len(content) > MOST_PACKED:
        raise WrongTheme("too big", most=MOST_PACKED // 2**20)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            found = dict(_members(archive))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError, struct.error):
        raise WrongTheme("no zip") from None
    roots = sorted((path for path in found if PurePosixPath(path).name == "theme.json"), key=lambda path: path.count("/"))
    if not roots:
        raise WrongTheme("no theme.json")
    above = roots[0][: -len("theme.json")]
    return {path[len(above) :]: data for path, data in found.items() if path.startswith(above)}


def _members(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    entries = [one for one in archive.infolist() if not one.is_dir()]
    if len(entries) > MOST_FILES:
        raise WrongTheme("too many files", most=MOST_FILES)
    seen: set[str] = set()
    total = 0
    for entry in entries:
        name = entry.filename
        if name.startswith("__MACOSX/") or PurePosixPath(name).name in (".DS_Store", "Thumbs.db", ".gitignore"):
            continue
        _must_be_plain(entry, seen)
        data = _bounded(archive, entry)
        total += len(data)
        if total > MOST_UNPACKED:
            raise WrongTheme("bomb")
        yield name, data


def _must_be_plain(entry: zipfile.ZipInfo, seen: set[str]) -> None:
    """A name that stays inside, once; no link, no device, nothing encrypted, nothing packed in a way that we do not know."""
    name = entry.filename
    mode = entry.external_attr >> 16
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        raise WrongTheme("link", name=name[:80])
    if name.startswith(("/", "\\")) or ".." in name or "\\" in name or ":" in name or "\x00" in entry.orig_filename:
        raise WrongTheme("leads out", name=name[:80])
    if name.lower() in seen:
        raise WrongTheme("twice", name=name[:80])
    seen.add(name.lower())
    if entry.flag_bits & 0x1 or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise WrongTheme("no zip")


def _bounded(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Its bytes, counted while they are unpacked: what the list of contents says may be a lie."""
    with archive.open(entry) as stream:
        data = stream.read(MOST_ONE + 1)
    if len(data) > MOST_ONE:
        raise WrongTheme("bomb")
    return data


def package_of(files: Mapping[str, bytes]) -> Package:
    """What a theme is made of. Raises WrongTheme where there is no theme.json that can be read."""
    if "theme.json" not in files:
        raise WrongTheme("no theme.json")
    remarks = Remarks()
    theme = plain(read(files["theme.json"], remarks))
    variations: dict[str, dict[str, Any]] = {}
    fonts: dict[str, bytes] = {}
    pictures: dict[str, bytes] = {}
    for path in sorted(files):
        _sort(path, files[path], variations, fonts, pictures, remarks)
    return Package(header_of(files.get("style.css", b""), remarks), theme, variations, fonts, pictures, remarks)


def _sort(
    path: str,
    data: bytes,
    variations: dict[str, dict[str, Any]],
    fonts: dict[str, bytes],
    pictures: dict[str, bytes],
    remarks: Remarks,
) -> None:
    """Put one file where it belongs, or say why it is left out."""
    place = PurePosixPath(path)
    ending = place.suffix.lower()
    if path in ("theme.json", "style.css"):
        return
    if not PATH.fullmatch(path):
        remarks.add("ignored file", path)
    elif ending in CODE:
        remarks.add("code", path)
    elif place.parent.name == "styles" and len(place.parts) == 2 and ending == ".json":
        _vary(place.stem, path, data, variations, remarks)
    elif ending == FONT:
        _take(path, data, fonts, is_woff2(data), (MOST_FONTS, FONT_BYTES), remarks)
    elif ending in PICTURES and len(place.parts) > 1:
        _take(path, data, pictures, True, (MOST_PICTURES, PICTURE_BYTES), remarks)
    elif ending in OTHER_FONTS or ending == ".svg":
        remarks.add("font format" if ending in OTHER_FONTS else "drawing", path)
    elif not place.stem.lower().startswith(SILENT):
        remarks.add("ignored file", path)


def _vary(stem: str, path: str, data: bytes, variations: dict[str, dict[str, Any]], remarks: Remarks) -> None:
    slug = SLUG.sub("-", stem.lower()).strip("-")[:60]
    if not slug or slug in variations or len(variations) >= MOST_VARIATIONS:
        remarks.add("too many", "styles", path)
        return
    try:
        variations[slug] = plain(read(data, remarks, name=path))
    except WrongTheme as wrong:
        remarks.add("variation left out", path, wrong.code)


def _take(path: str, data: bytes, into: dict[str, bytes], fits: bool, limits: tuple[int, int], remarks: Remarks) -> None:
    most, heaviest = limits
    if not fits:
        remarks.add("wrong type", path)
    elif len(data) > heaviest:
        remarks.add("too heavy", path, f"{len(data) // 1024} KB > {heaviest // 1024} KB")
    elif len(into) >= most:
        remarks.add("too many", path, most)
    else:
        into[path] = data


def is_woff2(data: bytes) -> bool:
    """Whether it is one whole font in WOFF2, without a private part that nobody looks into."""
    if len(data) < WOFF2.size:
        return False
    signature, flavour, length, tables, reserved, unfolded, packed, *_rest, private = WOFF2.unpack_from(data)
    return bool(
        signature == b"wOF2"
        and flavour in FLAVOURS
        and length == len(data)
        and 0 < tables <= 64
        and reserved == 0
        and unfolded <= 8 * 2**20
        and packed <= len(data)
        and private == 0
    )


def header_of(style: bytes, remarks: Remarks) -> Header:
    """Name, author, licence … from the comment at the top of style.css; its rules are not read."""
    text = style[:16384].decode("utf-8", "replace")
    comment = re.search(r"/\*.*?\*/", text, re.S)
    said = {name.lower(): _line(words) for name, words in HEADER.findall(comment[0] if comment else "")}
    if len(re.sub(r"/\*.*?\*/|\s+", "", style[:200_000].decode("utf-8", "replace"), flags=re.S)) > 0:
        remarks.add("custom css", "style.css")
    version = VERSION.fullmatch(said.get("version", ""))
    return Header(
        said.get("theme name", "")[:80],
        said.get("author", "")[:120],
        said.get("description", "")[:500],
        version[0] if version else "",
        said.get("license", "")[:80],
    )


def _line(words: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in re.sub(r"<[^>]*>", "", words)).split())


def written(package_files: Mapping[str, bytes]) -> bytes:
    """Files as a .zip, the same bytes for the same files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(package_files):
            entry = zipfile.ZipInfo(path, date_time=(2026, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, package_files[path])
    return out.getvalue()
