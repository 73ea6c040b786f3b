"""`theme.json`, version 3 (and 2, which differs in defaults only), as WordPress designers write it. What is not named here is not read."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic.alias_generators import to_camel

VERSIONS = (2, 3)
Slug = Annotated[str, StringConstraints(pattern=r"^[a-zA-Z0-9][a-zA-Z0-9_-]{0,59}$")]
Name = Annotated[str, StringConstraints(max_length=120)]
Raw = Annotated[str, StringConstraints(max_length=1000)]


class Ref(BaseModel):
    """{"ref": "styles.color.text"}: the same value as there."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    ref: Annotated[str, StringConstraints(max_length=200)]


Value = Raw | int | float | Ref


class Part(BaseModel):
    """Strict types; a key that we do not know is kept aside, to be told and never passed on."""

    model_config = ConfigDict(frozen=True, extra="allow", strict=True, alias_generator=to_camel, populate_by_name=True)


class Colour(Part):
    slug: Slug
    name: Name = ""
    color: Raw


class Gradient(Part):
    slug: Slug
    name: Name = ""
    gradient: Raw


class Duotone(Part):
    slug: Slug
    name: Name = ""
    colors: Annotated[list[Raw], Field(max_length=4)]


class ColourSettings(Part):
    palette: Annotated[list[Colour], Field(max_length=60)] = []
    gradients: Annotated[list[Gradient], Field(max_length=40)] = []
    duotone: Annotated[list[Duotone], Field(max_length=40)] = []


class FontFace(Part):
    font_family: Raw
    font_weight: Raw | int = "400"
    font_style: Raw = "normal"
    font_stretch: Raw | None = None
    font_display: Raw | None = None
    unicode_range: Annotated[str, StringConstraints(max_length=2000)] | None = None
    src: Raw | Annotated[list[Raw], Field(max_length=4)]


class FontFamily(Part):
    slug: Slug
    name: Name = ""
    font_family: Raw
    font_face: Annotated[list[FontFace], Field(max_length=24)] = []


class Fluid(Part):
    min: Raw | None = None
    max: Raw | None = None


class FontSize(Part):
    slug: Slug
    name: Name = ""
    size: Raw | int | float
    fluid: bool | Fluid = False


class TypographySettings(Part):
    font_families: Annotated[list[FontFamily], Field(max_length=20)] = []
    font_sizes: Annotated[list[FontSize], Field(max_length=40)] = []


class SpacingSize(Part):
    slug: Slug | int
    name: Name = ""
    size: Raw


class SpacingSettings(Part):
    spacing_sizes: Annotated[list[SpacingSize], Field(max_length=40)] = []


class LayoutSettings(Part):
    content_size: Raw | None = None
    wide_size: Raw | None = None


class Shadow(Part):
    slug: Slug
    name: Name = ""
    shadow: Raw


class ShadowSettings(Part):
    presets: Annotated[list[Shadow], Field(max_length=40)] = []


class Settings(Part):
    color: ColourSettings = ColourSettings()
    typography: TypographySettings = TypographySettings()
    spacing: SpacingSettings = SpacingSettings()
    layout: LayoutSettings = LayoutSettings()
    shadow: ShadowSettings = ShadowSettings()
    custom: dict[str, Any] = {}


class Sides(Part):
    top: Value | None = None
    right: Value | None = None
    bottom: Value | None = None
    left: Value | None = None


class Corners(Part):
    top_left: Value | None = None
    top_right: Value | None = None
    bottom_left: Value | None = None
    bottom_right: Value | None = None


class Edge(Part):
    color: Value | None = None
    style: Value | None = None
    width: Value | None = None


class Border(Edge):
    radius: Value | Corners | None = None
    top: Edge | None = None
    right: Edge | None = None
    bottom: Edge | None = None
    left: Edge | None = None


class Outline(Edge):
    offset: Value | None = None


class ColourStyles(Part):
    text: Value | None = None
    background: Value | None = None
    gradient: Value | None = None


class Typography(Part):
    font_family: Value | None = None
    font_size: Value | None = None
    font_style: Value | None = None
    font_weight: Value | None = None
    letter_spacing: Value | None = None
    line_height: Value | None = None
    text_align: Value | None = None
    text_decoration: Value | None = None
    text_indent: Value | None = None
    text_transform: Value | None = None


class Spacing(Part):
    block_gap: Value | Sides | None = None
    margin: Value | Sides | None = None
    padding: Value | Sides | None = None


class Dimensions(Part):
    aspect_ratio: Value | None = None
    min_height: Value | None = None


class Picture(Part):
    """A file of the theme's own."""

    url: Raw


class Background(Part):
    background_image: Picture | Raw | None = None
    background_size: Value | None = None
    background_position: Value | None = None
    background_repeat: Value | None = None
    background_attachment: Value | None = None


class Node(Part):
    """What one thing on the page looks like."""

    color: ColourStyles = ColourStyles()
    typography: Typography = Typography()
    spacing: Spacing = Spacing()
    border: Border = Border()
    outline: Outline = Outline()
    dimensions: Dimensions = Dimensions()
    background: Background = Background()
    shadow: Value | None = None


class Element(Node):
    hover: Node | None = Field(default=None, alias=":hover")
    focus: Node | None = Field(default=None, alias=":focus")
    focus_visible: Node | None = Field(default=None, alias=":focus-visible")
    active: Node | None = Field(default=None, alias=":active")
    visited: Node | None = Field(default=None, alias=":visited")


class Elements(Part):
    link: Element = Element()
    button: Element = Element()
    heading: Element = Element()
    h1: Element = Element()
    h2: Element = Element()
    h3: Element = Element()
    h4: Element = Element()
    h5: Element = Element()
    h6: Element = Element()
    caption: Element = Element()
    cite: Element = Element()


class Block(Node):
    elements: Elements = Elements()


class Styles(Node):
    elements: Elements = Elements()
    blocks: Annotated[dict[Annotated[str, StringConstraints(max_length=80)], Block], Field(max_length=200)] = {}


class ThemeJson(Part):
    """One theme.json, or one variation of it."""

    version: int = 3
    title: Name = ""
    slug: Name = ""
    description: Annotated[str, StringConstraints(max_length=500)] = ""
    settings: Settings = Settings()
    styles: Styles = Styles()
