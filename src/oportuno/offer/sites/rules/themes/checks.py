"""What is looked at before a person looks at a theme: can it be read, is it light enough, does it say whose it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .compiling import Compiled, Source, compiled
from .look import DARK, Look
from .packing import Header
from .remarks import Remarks
from .roles import Reading

BODY_LEAST = 15.0
"""Pixels of running words on a phone."""
FONTS_MOST = 500 * 1024
"""Bytes of fonts that a reader may have to wait for."""
CSS_MOST = 60 * 1024
OPEN = (
    "apache",
    "bsd",
    "cc0",
    "cc by",
    "cc-by",
    "creative commons",
    "gnu",
    "gpl",
    "mit",
    "mpl",
    "ofl",
    "public domain",
    "sil",
    "unlicense",
)
"""Beginnings or parts of the names of licences under which a theme may be used by others."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at. `must`: without it nobody else may use the theme. `what`: the detail, for people."""

    code: str
    passes: bool
    must: bool = False
    what: str = ""
    variation: str = ""

    def as_json(self) -> dict[str, Any]:
        return {"code": self.code, "passes": self.passes, "must": self.must, "what": self.what, "variation": self.variation}


def checks(source: Source, header: Header, remarks: Remarks, sizes: Mapping[str, int]) -> list[Check]:
    """All of them, those that must hold first. `sizes`: bytes of its files by path."""
    drawn = {slug: compiled(source, Look(variation=slug)) for slug in ("", *source.variations)}
    usual = drawn[""]
    fonts = sum(size for path, size in sizes.items() if path.endswith(".woff2") and "latin-ext" not in path)
    found = [
        Check("name", bool(header.name), must=True, what=header.name),
        Check("licence", is_open(header.licence), must=True, what=header.licence),
        Check("version", bool(header.version), must=True, what=header.version),
        *_contrast(drawn),
        *_sizes(usual),
        Check("fonts", fonts <= FONTS_MOST, what=f"{fonts // 1024} KB"),
        Check("css", len(usual.css) <= CSS_MOST, what=f"{len(usual.css) // 1024} KB"),
        Check("dark", DARK in source.variations),
        Check("remarks", len(remarks) + len(usual.remarks) == 0, what=str(len(remarks) + len(usual.remarks))),
    ]
    return sorted(found, key=lambda one: (one.passes, not one.must))


def is_open(licence: str) -> bool:
    """Whether a licence is one that lets others use and change the theme."""
    words = licence.lower()
    return any(words.startswith(name) or f" {name}" in words for name in OPEN)


def _contrast(drawn: Mapping[str, Compiled]) -> Iterator[Check]:
    """One line for each pairing that does not read; one in all if all do."""
    failing = [(slug, scheme, one) for slug, made in drawn.items() for scheme, one in made.readings() if not one.passes]
    seen: set[tuple[str, str, str]] = set()
    for slug, scheme, one in failing:
        name = DARK if scheme == "dark" else slug
        if (name, one.name, one.words) not in seen:
            seen.add((name, one.name, one.words))
            yield Check(f"contrast {one.name}", False, must=True, what=_pairing(one), variation=name)
    if not failing:
        yield Check("contrast", True, must=True)


def _pairing(one: Reading) -> str:
    return f"{one.words} / {one.ground} = {one.ratio:.1f} < {one.least:g} → {one.nearest}"


def _sizes(made: Compiled) -> Iterator[Check]:
    size = made.body_size
    yield Check("size", size is None or size >= BODY_LEAST, must=True, what="" if size is None else f"{size:g} px")


def must_fail(found: list[Check]) -> list[Check]:
    """Those for which it cannot be handed in."""
    return [one for one in found if one.must and not one.passes]
