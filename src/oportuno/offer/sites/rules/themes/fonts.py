"""Fonts of a theme: files of its own, never an address elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from .format import FontFace, FontFamily, Settings
from .remarks import Remarks
from .sheet import own_file

NAME = re.compile(r"""["']?([\w][\w .'&+-]{0,59}?)["']?""")
WEIGHT = re.compile(r"(normal|bold|\d{1,4}( \d{1,4})?)")
STRETCH = re.compile(r"(normal|condensed|expanded|\d{1,3}%( \d{1,3}%)?)")
RANGE = re.compile(r"U\+[0-9A-Fa-f?]{1,6}(-[0-9A-Fa-f]{1,6})?( ?, ?U\+[0-9A-Fa-f?]{1,6}(-[0-9A-Fa-f]{1,6})?){0,120}")
STYLES = ("normal", "italic", "oblique")
DISPLAY = "swap"
"""Words are read before their font has come, whatever the theme says."""


def faces(settings: Settings, files: Mapping[str, str], used: frozenset[str], remarks: Remarks) -> Iterator[str]:
    """@font-face for each file of the families that are `used` (slugs)."""
    for number, family in enumerate(settings.typography.font_families):
        for place, face in enumerate(family.font_face):
            drawn = _face(face, files, f"settings.typography.fontFamilies.{number}.fontFace.{place}", remarks)
            if drawn and family.slug in used:
                yield drawn


def files_of(family: FontFamily) -> list[str]:
    """Paths of its files inside of the theme, the first face's first."""
    return [path for face in family.font_face for source in _sources(face) if (path := own_file(source))]


def _face(face: FontFace, files: Mapping[str, str], where: str, remarks: Remarks) -> str:
    path = next((path for source in _sources(face) if (path := own_file(source)) in files), "")
    if not path:
        remarks.add("not its own file", f"{where}.src", (_sources(face) or [""])[0])
        return ""
    name = NAME.fullmatch(face.font_family.strip())
    weight = WEIGHT.fullmatch(str(face.font_weight))
    if name is None or weight is None or face.font_style not in STYLES:
        remarks.add("unsafe value", where, face.font_family)
        return ""
    said = [f'font-family: "{name[1]}"', f"font-style: {face.font_style}", f"font-weight: {weight[0]}", f"font-display: {DISPLAY}"]
    if face.font_stretch and STRETCH.fullmatch(face.font_stretch):
        said.append(f"font-stretch: {face.font_stretch}")
    if face.unicode_range and RANGE.fullmatch(face.unicode_range):
        said.append(f"unicode-range: {face.unicode_range}")
    return f'@font-face {{ {"; ".join(said)}; src: url("{files[path]}") format("woff2") }}'


def _sources(face: FontFace) -> list[str]:
    return [face.src] if isinstance(face.src, str) else face.src
