"""`pack.yaml`: who this vertical is, and how it looks."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from .words import Country, Currency, Hex, Noun, Slug, Text

# What WCAG asks of words on a ground: AAA for body text, AA for the rest.
BODY, LABEL = 7.0, 4.5


def contrast(one: str, other: str) -> float:
    """The WCAG 2 contrast ratio of two #rrggbb colours, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


class Colours(Noun):
    """Values of the CSS tokens `--brand`, `--on-brand` … for one scheme, light or dark."""

    brand: Hex
    on_brand: Hex
    brand_soft: Hex
    on_brand_soft: Hex
    accent: Hex
    on_accent: Hex
    ground: Hex
    surface: Hex
    ink: Hex
    ink_quiet: Hex
    line: Hex

    @model_validator(mode="after")
    def _readable(self) -> Colours:
        for word, ground, least in (
            ("ink", "ground", BODY),
            ("ink", "surface", BODY),
            ("ink_quiet", "ground", LABEL),
            ("ink_quiet", "surface", LABEL),
            ("on_brand", "brand", LABEL),
            ("on_brand_soft", "brand_soft", LABEL),
            ("on_accent", "accent", LABEL),
            ("brand", "ground", LABEL),
            ("brand", "surface", LABEL),
        ):
            ratio = contrast(getattr(self, word), getattr(self, ground))
            if ratio < least:
                raise ValueError(f"“{word}” on “{ground}” has a contrast of {ratio:.1f}; people need {least} to read it")
        return self

    def as_css(self) -> dict[str, str]:
        """{"--brand": "#…", "--on-brand": "#…", …}."""
        return {f"--{name.replace('_', '-')}": value for name, value in self.model_dump().items()}


class Brand(Noun):
    light: Colours
    dark: Colours


class Example(Noun):
    """A search to try, shown under the box."""

    words: Text
    query: Text


class Home(Noun):
    """The words of the vertical's first page."""

    headline: Text
    lead: Text
    search_what: Text
    search_where: Text
    search_for_whom: Text
    examples: tuple[Example, ...]
    sectors_title: Text
    sellers_title: Text
    knowledge_title: Text
    questions_title: Text
    vetting_title: Text
    vetting_lead: Text
    bulletin_title: Text
    bulletin_lead: Text
    sell_title: Text
    sell_lead: Text
    sell_action: Text


class Identity(Noun):
    name: Slug
    version: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]
    title: Text
    short_title: Text
    promise: Text
    description: Text
    emblem: str
    drawings: Literal["flowers", "screens"] = "flowers"
    countries: Annotated[tuple[Country, ...], Field(min_length=1)]
    currencies: Annotated[tuple[Currency, ...], Field(min_length=1)]
    brand: Brand
    home: Home
