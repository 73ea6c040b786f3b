"""The four pictures others ask for. The same arguments give the same picture, for ever."""

from __future__ import annotations

import hashlib
import unicodedata
from math import cos, pi, sin
from random import Random

from .apps import APPS, tile
from .flowers import HEADS, UPRIGHT
from .greens import MARK, boughs, bunch, leaf, leaf_defs, spike, spray, sprig, wheat
from .palette import Palette, mix, palette
from .pen import circle, ellipse, linear, rect, svg, use
from .screens import PREFIX, screens_cover
from .things import THINGS

SPRAYS = {"gypsophila": spray, "foliage": boughs, "heliconia": spike, "dried": wheat}
KINDS = tuple(sorted({*HEADS, *THINGS, *SPRAYS, *APPS}))
# No flower stands out of these: they only need something to stand on.
COVER_COLOURS = ("rosado", "durazno", "lila", "amarillo", "azul", "fucsia", "naranja", "rojo")


def product_picture(kind: str, colour: str, seed: int) -> str:
    """SVG, 800 × 800. `kind` is one of KINDS, `colour` a name of ours or #rrggbb; what it does not know becomes a bouquet."""
    known = kind if kind in KINDS else "bouquet"
    chance = Random(f"{known}/{colour}/{seed}")  # noqa: S311
    p = palette(colour if known not in {"foliage", "herb", "seedling"} else "verde", chance)
    mark = "i" + hashlib.sha256(f"{known}{colour}{seed}".encode()).hexdigest()[:6]  # unique where many stand in one page
    return _finish(
        svg(800, 800, f"{known} {colour}", p.leaf, (leaf_defs(p), _ground(mark, p, chance), _subject(mark, known, p, chance))), mark
    )


def _finish(picture: str, mark: str) -> str:
    return picture.replace(f"#{MARK}", f"#{mark}").replace(f'"{MARK}', f'"{mark}')


def _ground(mark: str, p: Palette, chance: Random, width: int = 800, height: int = 800) -> str:
    top, bottom = p.ground
    return (
        linear(f"{mark}z", ((0, top), (1, bottom)))
        + rect(0, 0, width, height, f"url(#{mark}z)")
        + circle(width * chance.uniform(0.42, 0.58), height * 0.44, height * chance.uniform(0.36, 0.42), "#ffffff", 'opacity=".34"')
    )


def _subject(mark: str, kind: str, p: Palette, chance: Random) -> str:
    if kind in HEADS:
        return f"<defs>{HEADS[kind](mark, p, chance)}</defs>" + bunch(mark, p, chance, kind in UPRIGHT)
    if kind in SPRAYS:
        return SPRAYS[kind](p, chance)
    if kind in APPS:
        return tile(p, chance, kind)
    thing, flowers = THINGS[kind]
    defs, idents = _flowers(mark, flowers, p, chance)
    return defs + ellipse(400, 706, 250, 26, p.deep, 'opacity=".13"') + thing(p, idents, chance)


def _flowers(mark: str, flowers: tuple[str, ...], p: Palette, chance: Random) -> tuple[str, tuple[str, ...]]:
    """Definitions of the flowers a thing holds: the first in its colour, the second in the companion's."""
    defs, idents = [], []
    for i, flower in enumerate(flowers):
        tones = p if i == 0 else _in(p.second, p, chance)
        ident = f"{mark}{'ab'[i]}"
        defs.append(HEADS[flower](ident, tones, chance))
        idents.append(ident)
    return f"<defs>{''.join(defs)}</defs>", tuple(idents)


def _in(colour: str, p: Palette, chance: Random) -> Palette:
    other = palette(colour, chance)
    return Palette(other.light, other.base, other.deep, p.second, p.leaf, p.leaf_deep, p.ground)


def emblem(name: str, seed: int) -> str:
    """SVG, 400 × 400: a seller's initials in a wreath of leaves, in colours of its own."""
    chance = Random(f"emblem/{name}/{seed}")  # noqa: S311
    p = palette(chance.choice(("rosado", "fucsia", "vino", "naranja", "lila", "morado", "azul", "durazno", "rojo")), chance)
    mark = "e" + hashlib.sha256(f"{name}{seed}".encode()).hexdigest()[:6]
    dark = mix(p.deep, "#1d1420", 0.25)
    turn = chance.choice((0, 30, 180))
    wreath = "".join(leaf(200 + 148 * dx, 200 + 148 * dy, 50, angle, 0.36) for angle, dx, dy in _around(chance.choice((16, 18, 20)), turn))
    head = HEADS[chance.choice(("rose", "gerbera", "daisy", "lily", "hydrangea"))](mark, p, chance)
    bloom = f"<defs>{head}</defs>{use(mark, 200, 338, 0.34)}"
    strong = chance.random() < 0.45
    dark, field = (mix(p.light, "#ffffff", 0.5), mix(p.deep, "#1d1420", 0.2)) if strong else (dark, p.ground[0])
    words = f'<text x="200" y="232" text-anchor="middle" font-family="Georgia,serif" font-size="96" fill="{dark}">{_initials(name)}</text>'
    ground = (
        rect(0, 0, 400, 400, field)
        + circle(200, 200, 178, "#ffffff", f'opacity="{".1" if strong else ".55"}"')
        + circle(200, 200, 112, "none", f'stroke="{dark}" stroke-opacity=".25" stroke-width="2"')
    )
    return _finish(svg(400, 400, name, p.leaf, (leaf_defs(p), ground, wreath, bloom, words)), mark)


def _around(count: int, turn: float) -> list[tuple[float, float, float]]:
    angles = [turn + 360 * i / count for i in range(count)]
    return [(a + 72, sin(a * pi / 180), -cos(a * pi / 180)) for a in angles]


def _initials(name: str) -> str:
    small = {"de", "del", "la", "las", "los", "el", "y", "the", "of"}
    words = [word for word in name.split() if word.lower() not in small and word[0].isalpha()] or [name or "?"]
    letters = "".join(word[0] for word in words[:2]).upper()
    return "".join(one for one in letters if unicodedata.category(one).startswith("L")) or "·"


NAMED = {
    "rosa": "rose", "rose": "rose", "clavel": "carnation", "carnation": "carnation", "gerbera": "gerbera", "lirio": "lily", "lily": "lily",
    "azucena": "lily", "protea": "protea", "margarita": "daisy", "daisy": "daisy", "hortensia": "hydrangea", "hydrangea": "hydrangea",
}  # fmt: skip
"""Flowers that a name speaks of, by what stands in its address."""


def cover(slug: str, seed: int) -> str:
    """SVG, 1200 × 675: a calm border of flowers for a category, an article or a page, with room for words on the left."""
    if slug.startswith(PREFIX):
        return screens_cover(slug, seed)
    chance = Random(f"cover/{slug}/{seed}")  # noqa: S311
    colour = chance.choice(COVER_COLOURS)
    p = palette(colour, chance)
    mark = "c" + hashlib.sha256(f"{slug}{seed}".encode()).hexdigest()[:6]
    flowers = ["rose", "gerbera", "daisy", "lily", "carnation", "protea"]
    first, second = chance.sample(flowers, 2)
    if named := next((flower for word, flower in NAMED.items() if word in slug), ""):  # who is called Rosales shows roses
        first, second = named, first if named != first else second
    defs, idents = _flowers(mark, (first, second), p, chance)
    greens = "".join(
        sprig(x, y, 260, a, i % 2 == 0)
        for i, (x, y, a) in enumerate(((1010, 520, -70), (1040, 300, -120), (1100, 640, -30), (930, 600, -50), (1150, 200, -140)))
    )
    spots = ((1010, 330, 1.5), (880, 520, 1.1), (1120, 520, 1.45), (1130, 150, 1.0), (900, 250, 0.7), (760, 620, 0.66), (1010, 620, 0.9))
    heads = "".join(use(idents[i % 2], x + chance.randint(-18, 18), y, s, chance.uniform(0, 60)) for i, (x, y, s) in enumerate(spots))
    return _finish(svg(1200, 675, slug, p.leaf, (leaf_defs(p), _ground(mark, p, chance, 1200, 675), defs, greens, heads)), mark)


def placeholder(kind: str) -> str:
    """SVG, 800 × 800: the quiet stand-in while a picture is missing; never a grey box."""
    p = Palette("#ffffff", "#d8cfc6", "#b5a89c", "#e9e2da", "#b9c2b1", "#98a48f", ("#f6f2ec", "#eae3da"))
    chance = Random(f"placeholder/{kind}")  # noqa: S311
    known = kind if kind in KINDS else "rose"
    return _finish(svg(800, 800, "", p.leaf, (leaf_defs(p), _ground("ph", p, chance), _subject("ph", known, p, chance))), "ph")


__all__ = ["KINDS", "cover", "emblem", "placeholder", "product_picture"]
