"""What the colours of a theme are for: the ground, the words, links, the header … and whether each can be read on its ground."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from .colours import BODY, LABEL, blend, contrast, is_dark, nearest, resolved
from .places import BLOCKS, ELEMENTS
from .presets import PRESET
from .sheet import ROOT, Sheet

GROUNDS = ("base", "background", "white")
INKS = ("contrast", "foreground", "black")
ACCENTS = ("accent", "accent-1", "primary", "secondary", "contrast")
QUIETS = ("quiet", "muted", "contrast-2", "contrast-3", "accent-4")
LINES = ("line", "border", "base-3")
SURFACES = ("surface", "base-2")
LARGE = 3.0
"""What WCAG asks of large words and of what one operates."""


@dataclass(frozen=True, slots=True)
class Roles:
    """Colours as #rrggbb by what they are for; each becomes a token of the design system."""

    ground: str
    ink: str
    ink_quiet: str
    line: str
    line_strong: str
    surface: str
    sunken: str
    brand: str
    on_brand: str
    brand_soft: str
    on_brand_soft: str
    accent: str
    on_accent: str
    header_ground: str
    header_ink: str
    header_quiet: str
    footer_ground: str
    footer_ink: str
    button_ground: str
    button_ink: str
    block_1: str
    on_block_1: str
    block_2: str
    on_block_2: str
    block_3: str
    on_block_3: str

    def tokens(self) -> dict[str, str]:
        """`--ground`, `--ink` … as the style sheets of the design system name them."""
        return {f"--{one.name.replace('_', '-')}": getattr(self, one.name) for one in fields(self)}


def roles(sheet: Sheet) -> Roles:
    """Worked out from what the theme says of the page, links, buttons, header and footer; else from the names of its palette."""
    ground = _first(sheet, sheet.value(ROOT, "background-color"), GROUNDS, "#ffffff", "#ffffff")
    ink = _first(sheet, sheet.value(ROOT, "color"), INKS, nearest("#222222", ground, BODY), ground)
    link = _first(sheet, sheet.value(ELEMENTS["link"], "color"), ACCENTS, ink, ground)
    accent = _first(sheet, "", ACCENTS, link, ground)
    button = _first(sheet, sheet.value(ELEMENTS["button"], "background-color"), (), link, ground)
    header = _first(sheet, sheet.value(BLOCKS["oportuno/header"], "background-color"), (), ground, ground)
    footer = _first(sheet, sheet.value(BLOCKS["oportuno/footer"], "background-color"), (), ground, ground)
    surface = _first(sheet, "", SURFACES, blend("#ffffff", ground, 0.08 if is_dark(ground) else 0.6), ground)
    soft = blend(link, ground, 0.14)
    header_ink = _first(
        sheet, sheet.value(BLOCKS["oportuno/header"], "color"), (), ink if header == ground else _on(header, ground), header
    )
    blocks = {f"block_{number}": _first(sheet, "", (f"block-{number}",), soft, ground) for number in (1, 2, 3)}
    return Roles(
        ground=ground,
        ink=ink,
        ink_quiet=nearest(_first(sheet, "", QUIETS, blend(ink, ground, 0.72), ground), ground, LABEL),
        line=_first(sheet, "", LINES, blend(ink, ground, 0.16), ground),
        line_strong=nearest(blend(ink, ground, 0.5), ground, LARGE),
        surface=surface,
        sunken=blend(ink, ground, 0.05),
        brand=link,
        on_brand=_on(link, ground),
        brand_soft=soft,
        on_brand_soft=nearest(ink, soft, LABEL),
        accent=accent,
        on_accent=_on(accent, ground),
        header_ground=header,
        header_ink=header_ink,
        header_quiet=nearest(blend(header_ink, header, 0.78), header, LABEL),
        footer_ground=footer,
        footer_ink=_first(
            sheet, sheet.value(BLOCKS["oportuno/footer"], "color"), (), ink if footer == ground else _on(footer, ground), footer
        ),
        button_ground=button,
        button_ink=_first(sheet, sheet.value(ELEMENTS["button"], "color"), (), _on(button, ground), button),
        **blocks,
        **{f"on_{name}": nearest(ink, colour, LABEL) for name, colour in blocks.items()},
    )


@dataclass(frozen=True, slots=True)
class Reading:
    """Words on their ground: how well they are read. `nearest`: the colour closest to the words' that passes."""

    name: str
    words: str
    ground: str
    least: float

    @property
    def ratio(self) -> float:
        return contrast(self.words, self.ground)

    @property
    def passes(self) -> bool:
        return self.ratio >= self.least

    @property
    def nearest(self) -> str:
        return nearest(self.words, self.ground, self.least)


def readings(of: Roles) -> Iterator[Reading]:
    """All that must be readable, AA: 4.5 for words."""
    yield Reading("text", of.ink, of.ground, LABEL)
    yield Reading("quiet", of.ink_quiet, of.ground, LABEL)
    yield Reading("link", of.brand, of.ground, LABEL)
    yield Reading("button", of.button_ink, of.button_ground, LABEL)
    yield Reading("header", of.header_ink, of.header_ground, LABEL)
    yield Reading("footer", of.footer_ink, of.footer_ground, LABEL)
    yield Reading("card", of.ink, of.surface, LABEL)


def block_readings(sheet: Sheet, of: Roles) -> Iterator[Reading]:
    """Words of blocks that have a ground of their own; header and foot have theirs above."""
    above = {BLOCKS["oportuno/header"], BLOCKS["oportuno/footer"]}
    for selector in dict.fromkeys(BLOCKS.values()):
        said = sheet.value(selector, "background-color")
        ground = resolved(said, sheet.variables, of.ground) if said and selector not in above else None
        if ground:
            yield Reading("block", resolved(sheet.value(selector, "color"), sheet.variables, ground) or of.ink, ground, LABEL)


def _first(sheet: Sheet, said: str, slugs: tuple[str, ...], otherwise: str, ground: str) -> str:
    """What was said, else the first of these names in the palette, else the last resort; as #rrggbb."""
    for text in (said, *(f"var({PRESET}color--{slug})" for slug in slugs)):
        if text and (found := resolved(text, sheet.variables, ground)):
            return found
    return otherwise


def _on(colour: str, ground: str) -> str:
    """Words on a colour: the ground's own colour where that reads, else white or black."""
    return ground if contrast(ground, colour) >= LABEL else "#ffffff" if is_dark(colour) else "#111111"
