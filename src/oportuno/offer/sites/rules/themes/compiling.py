"""A theme with a site's choices as one piece of CSS: fonts, custom properties, rules; light, and dark where there is such a variation."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .fonts import faces, files_of
from .format import FontFamily, ThemeJson
from .layout import Layout, layout_of
from .look import DARK, SIZES, Look, adjusted
from .measures import pixels
from .presets import kebab
from .remarks import Remarks
from .roles import Reading, Roles, block_readings, readings, roles
from .sheet import ROOT, Sheet, drawn, lines

LAYER = "theme"
CONTENT = (480.0, 1100.0)
WIDE = (600.0, 1800.0)
"""Pixels: narrowest and widest column of words, and of pictures."""
USED = re.compile(r"var\(--wp--preset--font-family--([a-z0-9-]+)\)")


@dataclass(frozen=True)
class Source:
    """A theme as it is kept: dumped `theme.json`, variations by slug, its own files with their addresses."""

    theme: Mapping[str, Any]
    variations: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)


def digest_of(source: Source) -> str:
    """Of all that a theme is made of."""
    text = json.dumps([dict(source.theme), dict(source.variations), dict(source.files)], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Compiled:
    """What a page needs of a theme. `scheme`: auto, light or dark; `preload`: addresses of the fonts that the first words need;
    `blocks`: words of blocks with a ground of their own, by scheme; `body_size`: of running words on a phone, in pixels, where the theme says one.
    """

    css: str
    layout: Layout
    scheme: str
    light: Roles
    dark: Roles | None
    preload: tuple[str, ...]
    body_size: float | None
    blocks: Mapping[str, tuple[Reading, ...]]
    remarks: Remarks

    def readings(self) -> list[tuple[str, Reading]]:
        """Every pairing of words and ground, with its scheme."""
        shown = [("light", self.light)] if self.scheme != "dark" else []
        if self.dark and self.scheme != "light":
            shown.append(("dark", self.dark))
        return [(name, one) for name, of in shown for one in (*readings(of), *self.blocks[name])]


def compiled(source: Source, look: Look = Look(), fonts: Iterable[FontFamily] = ()) -> Compiled:  # noqa: B008  # frozen
    """Draw it. `fonts`: families that may be chosen although the theme does not bring them."""
    remarks = Remarks()
    fonts = list(fonts)
    variation = source.variations.get(look.variation)
    light_theme = adjusted(source.theme, variation, look, fonts)
    light = drawn(light_theme, source.files, remarks)
    dark_variation = source.variations.get(DARK)
    scheme = _scheme(look, light_theme, dark_variation is not None)
    dark = None
    if dark_variation is not None and scheme != "light":
        dark = drawn(adjusted(source.theme, dark_variation, look, fonts, dark=True), source.files, remarks)
    used = frozenset(slug for sheet in (light, dark) if sheet for slug in _fonts_used(sheet))
    written = [*faces(light_theme.settings, source.files, used, remarks), "\n".join(_layer(light, dark, scheme, light_theme, look))]
    return Compiled(
        css="\n".join(written) + "\n",
        layout=look.layout(layout_of(light_theme.settings.custom, remarks)),
        scheme=scheme,
        light=roles(light),
        dark=roles(dark) if dark else None,
        preload=_preload(light, light_theme, source.files),
        body_size=pixels(light.value(ROOT, "font-size"), light.variables, screen=390) if light.value(ROOT, "font-size") else None,
        blocks={name: tuple(block_readings(sheet, roles(sheet))) for name, sheet in (("light", light), ("dark", dark)) if sheet},
        remarks=remarks,
    )


def _scheme(look: Look, theme: ThemeJson, has_dark: bool) -> str:
    """As the reader's device wishes, where the theme can; a site may fix it."""
    ours = theme.settings.custom.get("oportuno")
    wanted = look.scheme or (str(ours.get("scheme", "")) if isinstance(ours, dict) else "") or "auto"
    if not has_dark or (look.variation and not look.scheme):
        return "light"
    return wanted if wanted in ("auto", "light", "dark") else "auto"


def _layer(light: Sheet, dark: Sheet | None, scheme: str, theme: ThemeJson, look: Look) -> Iterator[str]:
    yield f"@layer {LAYER} {{"
    yield from _block(":root, [data-theme]", {**light.variables, **_tokens(light), **_sizes(theme, light, look)})
    yield from lines(light.rules)
    if dark is not None and scheme == "auto":
        yield "@media (prefers-color-scheme: dark) {"
        yield from _difference(light, dark, ':root:not([data-theme="light"])')
        yield "}"
        yield from _difference(light, dark, '[data-theme="dark"]')
    elif dark is not None:
        yield from _difference(light, dark, ":root, [data-theme]")
    yield "}"


def _difference(light: Sheet, dark: Sheet, scope: str) -> Iterator[str]:
    """Only what is otherwise in the dark."""
    before = {**light.variables, **_tokens(light)}
    now = {**dark.variables, **_tokens(dark), "color-scheme": "dark"}
    yield from _block(scope, {name: value for name, value in now.items() if before.get(name) != value})
    inner = scope if "," not in scope else ":root"
    changed = {
        (f"{inner} {selector}", name): value for (selector, name), value in dark.rules.items() if light.rules.get((selector, name)) != value
    }
    yield from lines(changed)


def _block(selector: str, values: Mapping[str, str]) -> Iterator[str]:
    if values:
        yield f"{selector} {{ {'; '.join(f'{name}: {value}' for name, value in values.items())} }}"


def _tokens(sheet: Sheet) -> dict[str, str]:
    """The names that the design system's own style sheets use."""
    made = roles(sheet).tokens()
    if family := sheet.value(ROOT, "font-family"):
        made["--font-text"] = family
    heading = next(
        (value for (selector, name), value in sheet.rules.items() if name == "font-family" and ":is(h1, h2, h3, h4," in selector), ""
    )
    if heading or family:
        made["--font-display"] = heading or family
    if radius := sheet.variables.get("--wp--custom--radius"):
        made["--radius"] = radius
    return made


def _sizes(theme: ThemeJson, sheet: Sheet, look: Look) -> dict[str, str]:
    """Widths of the page, and the size of all words."""
    made = {}
    for name, given, (least, most) in (
        ("--content-size", theme.settings.layout.content_size, CONTENT),
        ("--wide-size", theme.settings.layout.wide_size, WIDE),
    ):
        size = pixels(given or "", sheet.variables, screen=1440) if given else None
        if size is not None:
            made[name] = f"{min(max(size, least), most) / 16:g}rem"
    if look.size:
        made["font-size"] = SIZES[look.size]
    return made


def _fonts_used(sheet: Sheet) -> Iterator[str]:
    for value in sheet.rules.values():
        yield from USED.findall(value)


def _preload(sheet: Sheet, theme: ThemeJson, files: Mapping[str, str]) -> tuple[str, ...]:
    """One file for the words and one for headings: those that the first screen waits for."""
    wanted: dict[str, None] = {}
    tokens = _tokens(sheet)
    for name in ("--font-text", "--font-display"):
        for slug in USED.findall(tokens.get(name, "")):
            family = next((one for one in theme.settings.typography.font_families if kebab(one.slug) == slug), None)
            path = next((path for path in files_of(family) if path in files), "") if family else ""
            if path:
                wanted[files[path]] = None
    return tuple(wanted)


__all__ = ["LAYER", "Compiled", "Source", "compiled", "digest_of"]
