"""A theme being adjusted: its palette, fonts and variations to choose from, and how well everything reads as chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from oportuno.kernel.errors import NotFound
from oportuno.offer.sites.queries.themes.finding import source_of
from oportuno.offer.sites.queries.themes.sheets import drawn
from oportuno.offer.sites.queries.themes.shipped import common_fonts
from oportuno.offer.sites.queries.themes.words import COLOURS, SCHEMES, reading_words
from oportuno.offer.sites.rules.themes.colours import resolved
from oportuno.offer.sites.rules.themes.compiling import Compiled, Source
from oportuno.offer.sites.rules.themes.format import FontFamily, ThemeJson
from oportuno.offer.sites.rules.themes.look import DARK, Look, adjusted, look_of, merged
from oportuno.offer.sites.rules.themes.presets import kebab


@dataclass(frozen=True)
class Told:
    """A pairing of words and ground as the page of adjustments tells it. `field`: the colour to change, if it is one of the palette's."""

    words: str
    scheme: str
    ratio: float
    least: float
    passes: bool
    nearest: str
    field: str

    @property
    def ratio_words(self) -> str:
        return f"{self.ratio:.1f}"


@dataclass(frozen=True)
class Fitting:
    """One theme, and a look of it."""

    key: str
    source: Source
    look: Look

    @property
    def theme(self) -> ThemeJson:
        return ThemeJson.model_validate(merged(self.source.theme, self.source.variations.get(self.look.variation) or {}))

    def palette(self) -> list[tuple[str, str, str]]:
        """(slug, name, colour) of the palette as the chosen variation has it, before the site's own colours."""
        return _palette(self.theme)

    def dark_palette(self) -> list[tuple[str, str, str]]:
        """The same for the dark; empty where the theme has no such variation."""
        dark = self.source.variations.get(DARK)
        return _palette(ThemeJson.model_validate(merged(self.source.theme, dark))) if dark and not self.look.variation else []

    def fonts(self) -> list[FontFamily]:
        own = self.theme.settings.typography.font_families
        slugs = {one.slug for one in own}
        return [*own, *(one for one in common_fonts() if one.slug not in slugs)]

    def variations(self) -> list[tuple[str, str]]:
        """(slug, title) of those that may be worn by day."""
        found = ((slug, str(one.get("title") or slug.capitalize())) for slug, one in self.source.variations.items())
        return [(slug, title) for slug, title in found if slug != DARK] + ([(DARK, _("Dark"))] if DARK in self.source.variations else [])

    def compiled(self) -> Compiled:
        return drawn(self.source, self.look)

    def told(self) -> list[Told]:
        """Every pairing, those that fail first."""
        made = self.compiled()
        found = []
        for scheme, one in made.readings():
            prefix, colours = ("dark", self._colours(dark=True)) if scheme == "dark" else ("colour", self._colours(dark=False))
            slug = next((slug for slug, colour in colours.items() if colour == one.words), "")
            label = str(SCHEMES[scheme]) if made.scheme == "auto" and made.dark else ""
            found.append(Told(reading_words(one), label, one.ratio, one.least, one.passes, one.nearest, f"{prefix}-{slug}" if slug else ""))
        return sorted(found, key=lambda told: told.passes)

    def _colours(self, *, dark: bool) -> Mapping[str, str]:
        """The palette as it is worn, resolved."""
        variation = self.source.variations.get(DARK if dark else self.look.variation)
        theme = adjusted(self.source.theme, variation, self.look, (), dark=dark)
        return {slug: colour for slug, _name, colour in _palette(theme)}


def fitting(key: str, look: Mapping[str, Any]) -> Fitting:
    """Raises NotFound for a theme that is gone."""
    found = source_of(key)
    if found is None:
        raise NotFound
    return Fitting(key, found[1], look_of(look))


def _palette(theme: ThemeJson) -> list[tuple[str, str, str]]:
    """Colours that can be told as #rrggbb; others are not offered for change."""
    found = (
        (slug := kebab(one.slug), str(COLOURS.get(slug) or one.name or slug), resolved(one.color, {}))
        for one in theme.settings.color.palette
    )
    return [(slug, name, colour) for slug, name, colour in found if colour]
