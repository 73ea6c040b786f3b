"""Colours of covers: those of the vertical, which were looked at for contrast."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Colours:
    """A ground and what is read on it, as #rrggbb; `title` for who chooses."""

    slug: str
    title: Any
    brand: str
    on_brand: str


Palette = Callable[[], list[Colours]]
USUAL = Colours("brand", "", "#1f5c46", "#ffffff")
_palettes: list[Palette] = []


def connect(palette: Palette) -> None:
    """What one may choose of. Called in config.wiring."""
    _palettes[:] = [palette]


def palette() -> list[Colours]:
    found = _palettes[0]() if _palettes else []
    return found or [USUAL]


def colours_of(slug: str) -> Colours:
    """The first where that one is gone."""
    known = palette()
    return next((one for one in known if one.slug == slug), known[0])
