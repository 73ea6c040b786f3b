"""From the properties of theme.json to those of CSS, each with what it takes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from .format import Border, Corners, Edge, Node, Sides
from .values import ANGLES, COLOUR, COLOURS, GRADIENT_WORDS, GRADIENTS, LENGTH, LENGTHS, MATH, SPACE, Grammar

FAMILY = Grammar(names=True, parts=20, commas=True)
GRADIENT = Grammar(frozenset({"none"}), GRADIENTS, parts=3, commas=True)
SIZE = replace(LENGTH, words=frozenset(["small", "medium", "large", "x-large", "xx-large", "x-small", "smaller", "larger"]))
LINE_HEIGHT = replace(LENGTH, words=frozenset({"normal"}), least=0.8, most=4)
SPACED = replace(LENGTH, words=frozenset({"normal"}), least=-2, most=2)
WEIGHT = Grammar(frozenset({"normal", "bold", "lighter", "bolder"}), least=1, most=1000)
RADIUS = replace(LENGTH, most=0, parts=4)
LINE_STYLES = Grammar(frozenset(["none", "solid", "dotted", "dashed", "double", "groove", "ridge", "inset", "outset"]))
LINE_WIDTH = replace(LENGTH, words=frozenset({"thin", "medium", "thick"}), most=0, parts=4)
SHADOW = Grammar(frozenset({"none", "inset"}), COLOURS | MATH, tuple(LENGTHS), colours=True, least=-200, most=0, parts=30, commas=True)
RATIO = Grammar(frozenset({"auto"}), least=0.2, most=20, parts=2, slash=True)
PLACED = replace(LENGTH, words=frozenset(["left", "right", "top", "bottom", "center"]), parts=4, most=0)
FREE = Grammar(
    GRADIENT_WORDS
    | frozenset(
        [
            "none",
            "auto",
            "solid",
            "dashed",
            "dotted",
            "double",
            "normal",
            "bold",
            "italic",
            "uppercase",
            "lowercase",
            "capitalize",
            "underline",
            "inset",
            "wide",
            "narrow",
        ]
    ),
    COLOURS | GRADIENTS | MATH,
    (*LENGTHS, *ANGLES),
    colours=True,
    percent=True,
    names=True,
    least=-1000,
    parts=20,
    commas=True,
    slash=True,
)
"""What `settings.custom` may hold: it is only ever used through var()."""


def words(*allowed: str) -> Grammar:
    return Grammar(frozenset(allowed))


@dataclass(frozen=True, slots=True)
class Declaration:
    """One property with the value that was given. `where`: its path below the node, for remarks."""

    property: str
    given: Any
    grammar: Grammar
    where: str


SIMPLE: tuple[tuple[str, str, str, Grammar], ...] = (
    ("color", "text", "color", COLOUR),
    ("color", "background", "background-color", COLOUR),
    ("color", "gradient", "background-image", GRADIENT),
    ("typography", "font_family", "font-family", FAMILY),
    ("typography", "font_size", "font-size", SIZE),
    ("typography", "font_style", "font-style", words("normal", "italic", "oblique")),
    ("typography", "font_weight", "font-weight", WEIGHT),
    ("typography", "letter_spacing", "letter-spacing", SPACED),
    ("typography", "line_height", "line-height", LINE_HEIGHT),
    ("typography", "text_align", "text-align", words("left", "right", "center", "start", "end", "justify")),
    ("typography", "text_decoration", "text-decoration", Grammar(frozenset(["none", "underline", "overline", "line-through", "dotted", "dashed", "wavy", "solid", "double"]), parts=3)),
    ("typography", "text_indent", "text-indent", replace(LENGTH, most=0)),
    ("typography", "text_transform", "text-transform", words("none", "uppercase", "lowercase", "capitalize")),
    ("outline", "color", "outline-color", COLOUR),
    ("outline", "style", "outline-style", LINE_STYLES),
    ("outline", "width", "outline-width", LINE_WIDTH),
    ("outline", "offset", "outline-offset", replace(LENGTH, least=-20, most=0)),
    ("dimensions", "aspect_ratio", "aspect-ratio", RATIO),
    ("dimensions", "min_height", "min-height", replace(LENGTH, most=0)),
    ("background", "background_size", "background-size", replace(PLACED, words=frozenset({"cover", "contain", "auto"}))),
    ("background", "background_position", "background-position", PLACED),
    ("background", "background_repeat", "background-repeat", words("repeat", "no-repeat", "repeat-x", "repeat-y", "space", "round")),
    ("background", "background_attachment", "background-attachment", words("scroll", "fixed", "local")),
)  # fmt: skip
"""Group and name in theme.json, property of CSS, what it takes."""
SIDES = ("top", "right", "bottom", "left")
CORNERS = (("top_left", "top-left"), ("top_right", "top-right"), ("bottom_right", "bottom-right"), ("bottom_left", "bottom-left"))
EDGE = (("width", LINE_WIDTH), ("style", LINE_STYLES), ("color", COLOUR))


def declarations(node: Node) -> Iterator[Declaration]:
    """All that a node says, in a stable order."""
    for group, name, css, grammar in SIMPLE:
        given = getattr(getattr(node, group), name)
        if given is not None:
            yield Declaration(css, given, grammar, f"{group}.{_camel(name)}")
    if node.shadow is not None:
        yield Declaration("box-shadow", node.shadow, SHADOW, "shadow")
    yield from _spaces(node)
    yield from _border(node.border)


def _spaces(node: Node) -> Iterator[Declaration]:
    if isinstance(node.spacing.block_gap, (str, int, float)) or hasattr(node.spacing.block_gap, "ref"):
        yield Declaration("--gap", node.spacing.block_gap, replace(LENGTH, most=0), "spacing.blockGap")
    for name in ("margin", "padding"):
        given = getattr(node.spacing, name)
        grammar = SPACE if name == "margin" else replace(LENGTH, most=0)
        if isinstance(given, Sides):
            for side in SIDES:
                if (value := getattr(given, side)) is not None:
                    yield Declaration(f"{name}-{side}", value, grammar, f"spacing.{name}.{side}")
        elif given is not None:
            yield Declaration(name, given, replace(grammar, parts=4), f"spacing.{name}")


def _border(border: Border) -> Iterator[Declaration]:
    yield from _edge(border, "border", "border")
    if isinstance(border.radius, Corners):
        for name, css in CORNERS:
            if (value := getattr(border.radius, name)) is not None:
                yield Declaration(f"border-{css}-radius", value, RADIUS, f"border.radius.{_camel(name)}")
    elif border.radius is not None:
        yield Declaration("border-radius", border.radius, RADIUS, "border.radius")
    for side in SIDES:
        if (edge := getattr(border, side)) is not None:
            yield from _edge(edge, f"border-{side}", f"border.{side}")


def _edge(edge: Edge, css: str, where: str) -> Iterator[Declaration]:
    """A border that has a width and no style is meant to be seen."""
    for name, grammar in EDGE:
        given = getattr(edge, name)
        if given is not None:
            yield Declaration(f"{css}-{name}", given, grammar, f"{where}.{name}")
    if edge.style is None and edge.width is not None:
        yield Declaration(f"{css}-style", "solid", LINE_STYLES, f"{where}.style")


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)
