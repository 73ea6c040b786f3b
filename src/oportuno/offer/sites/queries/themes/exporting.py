"""A theme as a file that one takes away: with what the site adjusted in it, for this market or for WordPress."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from oportuno.kernel.errors import NotFound
from oportuno.offer.sites.models import ThemeVersion
from oportuno.offer.sites.queries.themes.files import file_path
from oportuno.offer.sites.queries.themes.finding import source_of
from oportuno.offer.sites.queries.themes.shipped import common_files, common_fonts, font_file, shipped
from oportuno.offer.sites.rules.themes.fonts import files_of
from oportuno.offer.sites.rules.themes.look import DARK, Look, adjusted, look_of
from oportuno.offer.sites.rules.themes.packing import written
from oportuno.offer.sites.rules.themes.reading import plain

HEADER = ("Theme Name", "Author", "Description", "Version", "License")


def exported(theme: str, look: Mapping[str, Any]) -> tuple[str, bytes]:
    """(name of the file, its bytes). Raises NotFound for a theme that is gone."""
    found = source_of(theme)
    if found is None:
        raise NotFound
    source, chosen = found[1], look_of(look)
    main = adjusted(source.theme, source.variations.get(chosen.variation), chosen, common_fonts())
    made = plain(main)
    _say_layout(made, chosen)
    files: dict[str, bytes] = {"theme.json": _json(made)}
    for slug, variation in source.variations.items():
        files[f"styles/{slug}.json"] = _json(_recoloured(variation, chosen.dark_colours if slug == DARK else {}))
    said, own = _header_and_files(theme)
    files["style.css"] = ("/*\n" + "".join(f"{name}: {said.get(name, '')}\n" for name in HEADER) + "*/\n").encode()
    wanted = {path for family in main.settings.typography.font_families for path in files_of(family)}
    files.update({path: font_file(path) for path in wanted if path in common_files() and path not in own})
    files.update(own)
    return f"{_slug(said['Theme Name'])}.zip", written(files)


def _header_and_files(theme: str) -> tuple[dict[str, str], dict[str, bytes]]:
    """What style.css says, and the files that are not ours."""
    if theme in shipped():
        header = shipped()[theme].header
        return dict(zip(HEADER, (header.name, header.author, header.description, header.version, header.licence), strict=True)), {}
    version = ThemeVersion.objects.filter(pk=theme).first()
    if version is None:
        raise NotFound
    header_of = version.header
    words = dict(zip(HEADER, (str(header_of.get(key, "")) for key in ("name", "author", "description", "version", "licence")), strict=True))
    own = {path: file_path(one["digest"], one["kind"]).read_bytes() for path, one in version.files.items()}
    return words, own


def _say_layout(theme: dict[str, Any], look: Look) -> None:
    """The chosen form goes into the file, where a theme says it."""
    chosen = {
        name: value
        for name in ("header", "cards", "entry", "width", "side", "paper", "ornament", "frame")
        if (value := getattr(look, name))
    }
    if look.scheme:
        chosen["scheme"] = look.scheme
    custom = theme.setdefault("settings", {}).setdefault("custom", {})
    custom["oportuno"] = {**(custom.get("oportuno") or {}), **chosen}


def _recoloured(variation: Mapping[str, Any], colours: Mapping[str, str]) -> Mapping[str, Any]:
    if not colours:
        return variation
    palette = [
        {**one, "color": colours.get(one["slug"], one["color"])}
        for one in variation.get("settings", {}).get("color", {}).get("palette", [])
    ]
    settings = {**variation.get("settings", {}), "color": {**variation.get("settings", {}).get("color", {}), "palette": palette}}
    return {**variation, "settings": settings}


def _slug(name: str) -> str:
    return "".join(c if c.isascii() and c.isalnum() else "-" for c in name.lower()).strip("-") or "tema"


def _json(value: Mapping[str, Any]) -> bytes:
    return (
        json.dumps({"$schema": "https://schemas.wp.org/trunk/theme.json", "version": 3, **value}, ensure_ascii=False, indent=2) + "\n"
    ).encode()
