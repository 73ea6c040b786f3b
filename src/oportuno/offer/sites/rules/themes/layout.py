"""How a site is put together: choices among forms that we draw, for themes (settings.custom.oportuno) and for who adjusts them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict

from .remarks import Remarks

Header = Literal["line", "centred", "masthead", "block"]
Cards = Literal["grid", "lead", "covers", "rows", "index"]
Entry = Literal["above", "cover", "beside", "below"]
Width = Literal["narrow", "normal", "wide"]
Side = Literal["none", "right"]
Paper = Literal["plain", "dots", "lines", "squares"]
Ornament = Literal["none", "rule", "marker", "underline"]
Pictures = Literal["plain", "line", "photo"]


class Layout(BaseModel):
    """The form of the header, of lists of posts, of a post's picture, and so on. Each becomes a class of the page."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    header: Header = "line"
    cards: Cards = "grid"
    entry: Entry = "above"
    width: Width = "normal"
    side: Side = "none"
    paper: Paper = "plain"
    ornament: Ornament = "none"
    frame: Pictures = "plain"

    @property
    def classes(self) -> str:
        return " ".join(f"{name}-{value}" for name, value in self.model_dump().items())


CHOICES: dict[str, tuple[str, ...]] = {name: get_args(field.annotation) for name, field in Layout.model_fields.items()}
"""What may be chosen, by name."""


def layout_of(custom: Mapping[str, Any], remarks: Remarks) -> Layout:
    """As a theme says it; what it says otherwise is told."""
    given = custom.get("oportuno")
    chosen: dict[str, Any] = {}
    for name, value in given.items() if isinstance(given, dict) else ():
        if value in CHOICES.get(name, ()):
            chosen[name] = value
        elif name not in ("about", "scheme"):
            remarks.add("unknown", f"settings.custom.oportuno.{name}", value)
    return Layout(**chosen)
