"""What a site chose of its theme: variation, colours, fonts, form. Laid over the theme before it is drawn; the theme itself stays."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from .format import FontFamily, ThemeJson
from .layout import Cards, Entry, Header, Layout, Ornament, Paper, Pictures, Side, Width
from .presets import kebab

Hex = Annotated[str, StringConstraints(pattern=r"^#[0-9a-f]{6}$", to_lower=True)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{0,60}$")]
Colours = Annotated[dict[Slug, Hex], Field(max_length=60)]
Scheme = Literal["", "auto", "light", "dark"]
DARK = "dark"
"""The variation that is shown to who reads in the dark."""
SIZES: dict[str, str] = {"small": "93.75%", "large": "112.5%"}
CORNERS: dict[str, tuple[str, str]] = {"square": ("0px", "0px"), "soft": ("8px", "8px"), "round": ("18px", "999px")}
"""Of pictures and cards; of buttons."""


class Look(BaseModel):
    """All of it optional: empty means as the theme has it. What is kept of an older shape is left out when read."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    variation: Slug = ""
    scheme: Scheme = ""
    colours: Colours = {}
    dark_colours: Colours = {}
    text_font: Slug = ""
    heading_font: Slug = ""
    size: Literal["", "small", "large"] = ""
    corners: Literal["", "square", "soft", "round"] = ""
    header: Header | Literal[""] = ""
    cards: Cards | Literal[""] = ""
    entry: Entry | Literal[""] = ""
    width: Width | Literal[""] = ""
    side: Side | Literal[""] = ""
    paper: Paper | Literal[""] = ""
    ornament: Ornament | Literal[""] = ""
    frame: Pictures | Literal[""] = ""

    def layout(self, usual: Layout) -> Layout:
        chosen = {name: value for name in Layout.model_fields if (value := getattr(self, name))}
        return usual.model_copy(update=chosen)

    def as_json(self) -> dict[str, Any]:
        return self.model_dump(exclude_defaults=True)


def look_of(given: Any) -> Look:
    """What was kept; each part that does not fit any more is left out."""
    kept = dict(given) if isinstance(given, dict) else {}
    for _attempt in range(len(Look.model_fields) + 1):
        try:
            return Look.model_validate(kept)
        except ValidationError as error:
            for each in error.errors(include_url=False):
                kept.pop(str(each["loc"][0]), None)
    return Look()


def adjusted(
    theme: Mapping[str, Any], variation: Mapping[str, Any] | None, look: Look, fonts: Iterable[FontFamily], *, dark: bool = False
) -> ThemeJson:
    """The theme with a variation and the site's choices laid over it. `theme` and `variation` are dumped themes."""
    made = merged(theme, variation or {})
    _recolour(made, look.dark_colours if dark else look.colours)
    _refont(made, look, {family.slug: family for family in fonts})
    if look.corners:
        _recorner(made, *CORNERS[look.corners])
    return ThemeJson.model_validate(made)


def merged(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Deep; lists of presets are joined by slug, as one who says only two colours means only these."""
    result = copy.deepcopy(dict(under))
    for key, value in over.items():
        before = result.get(key)
        if isinstance(value, Mapping) and isinstance(before, dict):
            result[key] = merged(before, value)
        elif isinstance(value, list) and isinstance(before, list) and _have_slugs(value) and _have_slugs(before):
            result[key] = list({**{one["slug"]: one for one in before}, **{one["slug"]: one for one in value}}.values())
        else:
            result[key] = copy.deepcopy(value)
    return result


def _have_slugs(found: list[Any]) -> bool:
    return bool(found) and all(isinstance(one, Mapping) and "slug" in one for one in found)


def _recolour(theme: dict[str, Any], colours: Mapping[str, str]) -> None:
    for colour in theme.get("settings", {}).get("color", {}).get("palette", []):
        if chosen := colours.get(kebab(colour["slug"])):
            colour["color"] = chosen


def _refont(theme: dict[str, Any], look: Look, fonts: Mapping[str, FontFamily]) -> None:
    """A font that the theme does not bring is added to it."""
    families = theme.setdefault("settings", {}).setdefault("typography", {}).setdefault("fontFamilies", [])
    styles = theme.setdefault("styles", {})
    for slug, place in ((look.text_font, styles), (look.heading_font, styles.setdefault("elements", {}).setdefault("heading", {}))):
        if not slug or slug not in fonts:
            continue
        if slug not in {family["slug"] for family in families}:
            families.append(fonts[slug].model_dump(by_alias=True, exclude_none=True))
        place.setdefault("typography", {})["fontFamily"] = f"var:preset|font-family|{slug}"
    if look.heading_font and look.heading_font in fonts:
        _forget_other_fonts(styles)


def _forget_other_fonts(styles: dict[str, Any]) -> None:
    """Titles that have a font of their own follow the one chosen for headings."""
    elements = styles.get("elements", {})
    blocks = styles.get("blocks", {})
    for place in (*(elements.get(f"h{level}", {}) for level in range(1, 7)), *(blocks.get(f"core/{name}", {}) for name in ("site-title", "post-title", "heading", "query-title"))):  # fmt: skip
        place.get("typography", {}).pop("fontFamily", None)


def _recorner(theme: dict[str, Any], pictures: str, buttons: str) -> None:
    styles = theme.setdefault("styles", {})
    blocks = styles.setdefault("blocks", {})
    for name in ("core/image", "core/post-featured-image", "core/gallery", "core/quote", "core/code", "oportuno/card"):
        if name in blocks or name in ("core/image", "core/post-featured-image"):
            blocks.setdefault(name, {}).setdefault("border", {})["radius"] = pictures
    styles.setdefault("elements", {}).setdefault("button", {}).setdefault("border", {})["radius"] = buttons
    theme.setdefault("settings", {}).setdefault("custom", {})["radius"] = pictures
