"""Colours by name, and the few that one picture is painted with."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

NAMED = {
    "rojo": "#c22033", "rosado": "#ef9db5", "fucsia": "#cf2f83", "vino": "#7a1a38", "blanco": "#f7f4ea", "crema": "#f1e0b8",
    "amarillo": "#f4c430", "naranja": "#ee7f2d", "durazno": "#f5b48c", "lila": "#bd9cda", "morado": "#7a49a5", "azul": "#6a8cd2",
    "verde": "#7fae66", "natural": "#cdb186", "bicolor": "#f0a08c", "mixto": "#e07aa0",
}  # fmt: skip
# A second colour that sits well beside each.
COMPANION = {
    "rojo": "blanco", "rosado": "crema", "fucsia": "durazno", "vino": "rosado", "blanco": "verde", "crema": "rosado",
    "amarillo": "blanco", "naranja": "amarillo", "durazno": "crema", "lila": "blanco", "morado": "lila", "azul": "blanco",
    "verde": "blanco", "natural": "crema", "bicolor": "amarillo", "mixto": "amarillo",
}  # fmt: skip
LIGHT_GROUNDS = (
    ("#fdf3ec", "#f6ddd0"),
    ("#f7f3ea", "#e7dfc9"),
    ("#f2f5ee", "#d7e3d0"),
    ("#f1f4f7", "#d6e1e8"),
    ("#faf0f3", "#efd6df"),
    ("#f6f1f8", "#e2d6ea"),
)
# White flowers vanish on cream: they stand on deeper grounds.
DEEP_GROUNDS = (("#cfdccb", "#9fb89d"), ("#cbd9e2", "#9cb4c4"), ("#e3cdd5", "#c39aaa"), ("#d8d0e3", "#ad9ec5"))
# What is not alive.
CLAY, CLAY_DEEP, KRAFT, KRAFT_DEEP, WOOD, STEEL = "#cf8660", "#a8613f", "#d9b98c", "#b8935f", "#a9784a", "#8f9aa3"
LEAVES = ("#5f8f5a", "#6d9a6b", "#4f7f5e", "#7a9b62")


def mix(one: str, other: str, share: float) -> str:
    """`share` of the other colour in the one; 0 gives `one`."""
    pairs = ((int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def hex_of(colour: str) -> str:
    """A name of ours or #rrggbb; anything else is a soft pink, because a picture must always come."""
    if colour.startswith("#") and len(colour) == 7:
        return colour.lower()
    return NAMED.get(colour, NAMED["mixto"])


@dataclass(frozen=True, slots=True)
class Palette:
    """Tints of one flower colour, its companion, its leaves and its ground."""

    light: str
    base: str
    deep: str
    second: str
    leaf: str
    leaf_deep: str
    ground: tuple[str, str]


def palette(colour: str, chance: Random) -> Palette:
    base = hex_of(colour)
    pale = sum(int(base[i : i + 2], 16) for i in (1, 3, 5)) > 640
    shade = mix(base, "#7f8f5c", 0.42) if pale else mix(base, "#35102f", 0.42)
    leaf = chance.choice(LEAVES)
    return Palette(
        light=mix(base, "#ffffff", 0.85 if pale else 0.45),
        base=base,
        deep=shade,
        second=hex_of(COMPANION.get(colour, "crema")),
        leaf=leaf,
        leaf_deep=mix(leaf, "#123322", 0.45),
        ground=chance.choice(DEEP_GROUNDS if pale else LIGHT_GROUNDS),
    )
