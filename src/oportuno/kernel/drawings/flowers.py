"""Flower heads. Each is a definition with the id it is given: middle at 0,0 and edge at 100."""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random

from .palette import Palette, mix
from .pen import circle, ellipse, frilled_petal, group, heart_petal, line, n, path, petal, radial, rings, use

Head = Callable[[str, Palette, Random], str]


def _petal(ident: str, d: str, p: Palette, edge: float = 0.3) -> str:
    """One petal that goes from deep in its throat to light at its rim."""
    return radial(f"{ident}g", ((0.1, p.deep), (0.6, p.base), (1, p.light))) + path(
        d, f"url(#{ident}g)", f'id="{ident}p" stroke="{p.deep}" stroke-opacity="{edge:g}" stroke-width="1.6"'
    )


def _head(ident: str, defs: str, parts: str) -> str:
    return f'{defs}<g id="{ident}">{parts}</g>'


def rose(ident: str, p: Palette, chance: Random) -> str:
    turn = chance.uniform(0, 60)
    layers = rings(ident, 6, ((scale, turn + 33 * i) for i, scale in enumerate((1, 0.83, 0.67, 0.51, 0.37, 0.24))))
    swirl = line("M-9 2C-9-9 9-10 9 0C9 8-3 9-4 2C-4-3 3-4 4 0", p.deep, 2.4, 'opacity=".75"')
    return _head(ident, _petal(ident, heart_petal(66), p, 0.38), layers + swirl)


def carnation(ident: str, p: Palette, chance: Random) -> str:
    turn = chance.uniform(0, 60)
    layers = rings(ident, 8, ((scale, turn + 19 * i) for i, scale in enumerate((1, 0.84, 0.67, 0.5, 0.33))))
    return _head(ident, _petal(ident, frilled_petal(42), p, 0.4), layers)


def hydrangea(ident: str, p: Palette, chance: Random) -> str:
    tints = (p.light, p.base, mix(p.base, p.deep, 0.35))
    floret = heart_petal(60)
    defs = path(floret, "inherit", f'id="{ident}p"')
    flower = f'<g id="{ident}f" stroke="{p.deep}" stroke-opacity=".25" stroke-width="4">{rings(ident, 4, ((1, 45),))}{circle(0, 0, 13, mix(p.base, "#fff6c8", 0.6))}</g>'
    spots = []
    for i in range(34):  # sunflower spacing: even without a grid
        radius = 84 * math.sqrt((i + 0.5) / 34)
        angle = i * 2.39996
        spots.append((radius, angle))
    florets = "".join(
        use(f"{ident}f", r * math.cos(a), r * math.sin(a) * 0.94, 0.24, chance.randrange(90), chance.choice(tints))
        for r, a in sorted(spots, reverse=True)
    )
    return _head(ident, f"<defs>{defs}{flower}</defs>", circle(0, 0, 88, p.deep, 'opacity=".7"') + florets)


def orchid(ident: str, p: Palette, chance: Random) -> str:
    lip = mix(p.deep, "#b0246a", 0.5)
    sepals = "".join(f'<use href="#{ident}p" transform="rotate({a}) scale(.62 .95)"/>' for a in (0, 125, 235))
    petals = "".join(f'<use href="#{ident}p" transform="rotate({a}) scale(1.25 .98)"/>' for a in (-78, 78))
    mouth = path("M0 4C-22 10-30 40-10 52C-4 56 4 56 10 52C30 40 22 10 0 4Z", lip) + path("M0 8C-8 16-8 30 0 36C8 30 8 16 0 8Z", "#f7d774")
    return _head(ident, _petal(ident, petal(58), p, 0.22), sepals + petals + mouth + circle(0, 2, 8, p.light))


def tulip(ident: str, p: Palette, chance: Random) -> str:
    back = path("M-48 30C-70-30-50-80-30-100C-18-84-6-70 0-62C6-70 18-84 30-100C50-80 70-30 48 30Z", p.deep)
    sides = path("M-8 62C-70 58-82-20-52-84C-28-60-2-10-8 62Z", p.base) + path(
        "M8 62C70 58 82-20 52-84C28-60 2-10 8 62Z", mix(p.base, p.deep, 0.2)
    )
    front = path("M0 66C-42 50-44-24 0-78C44-24 42 50 0 66Z", f"url(#{ident}g)", f'stroke="{p.deep}" stroke-opacity=".2"')
    defs = radial(f"{ident}g", ((0, p.light), (1, p.base)), 90)
    return _head(ident, defs, back + sides + front + line("M0-66C-4-20-4 20 0 54", p.deep, 1.6, 'opacity=".25"'))


def sunflower(ident: str, p: Palette, chance: Random) -> str:
    layers = rings(ident, 17, ((1, 0), (0.86, 10.6)))
    seeds = "".join(
        circle(4.1 * math.sqrt(i) * math.cos(i * 2.4), 4.1 * math.sqrt(i) * math.sin(i * 2.4), 2.2, "#8a5a2b") for i in range(4, 76, 3)
    )
    return _head(
        ident, _petal(ident, petal(23, pointed=True), p, 0.3), layers + circle(0, 0, 44, "#4a2c17") + circle(0, 0, 24, "#33200f") + seeds
    )


def gerbera(ident: str, p: Palette, chance: Random) -> str:
    layers = rings(ident, 19, ((1, 0), (0.8, 9), (0.52, 3)))
    middle = circle(0, 0, 22, p.deep) + circle(0, 0, 14, "#f2d27a") + circle(0, 0, 7, mix(p.deep, "#2a1a10", 0.4))
    return _head(ident, _petal(ident, petal(15), p, 0.28), layers + middle)


def daisy(ident: str, p: Palette, chance: Random) -> str:
    layers = rings(ident, 18, ((scale, 9 * i) for i, scale in enumerate((1, 0.85, 0.69, 0.53, 0.37, 0.22))))
    return _head(ident, _petal(ident, petal(18, pointed=True), p, 0.3), layers + circle(0, 0, 8, mix(p.base, "#7aa04a", 0.6)))


def lily(ident: str, p: Palette, chance: Random) -> str:
    layers = rings(ident, 3, ((1, 0), (0.96, 60)))
    ribs = "".join(line("M0-14L0-78", p.light, 3, f'opacity=".7" transform="rotate({a})"') for a in range(0, 360, 60))
    stamens = "".join(
        group((line("M0 0C4-18 2-30 6-44", "#cfe0a8", 2.4), ellipse(6, -46, 8, 3.4, "#a8491c")), f'transform="rotate({a})"')
        for a in range(20, 360, 58)
    )
    return _head(ident, _petal(ident, petal(40, pointed=True), p, 0.3), layers + ribs + stamens + circle(0, 0, 6, "#9fbf6a"))


def alstroemeria(ident: str, p: Palette, chance: Random) -> str:
    freckles = "".join(
        line(f"M{n(x)} {n(y)}l1-8", p.deep, 3.2, f'transform="rotate({a})"')
        for a in (-32, 32)
        for x, y in ((-7, -44), (6, -52), (-2, -62), (8, -38))
    )
    inner = "".join(f'<use href="#{ident}q" transform="rotate({a}) scale(.86)"/>' for a in (-32, 32, 180))
    warm = path(petal(30, pointed=True), mix(p.light, "#ffe08a", 0.55), f'id="{ident}q" stroke="{p.deep}" stroke-opacity=".3"')
    stamens = "".join(line(f"M0 0C{x} 10 {x} 22 {x * 1.6:g} 34", p.light, 2) for x in (-8, 0, 8))
    return _head(
        ident, _petal(ident, heart_petal(50), p, 0.3) + f"<defs>{warm}</defs>", rings(ident, 3, ((1, 0),)) + inner + freckles + stamens
    )


def anthurium(ident: str, p: Palette, chance: Random) -> str:
    spathe = path(
        "M0 88C-30 60-96 20-92-38C-88-84-34-92 0-54C34-92 88-84 92-38C96 20 30 60 0 88Z",
        f"url(#{ident}g)",
        f'stroke="{p.deep}" stroke-width="2"',
    )
    veins = "".join(
        line(d, p.light, 2, 'opacity=".5"')
        for d in (
            "M0-46C0 0 0 40 0 76",
            "M0-40C-30-30-62-30-74-10",
            "M0-40C30-30 62-30 74-10",
            "M0-20C-24 0-44 10-52 24",
            "M0-20C24 0 44 10 52 24",
        )
    )
    spadix = path("M-7-34C-12-64-8-96 4-104C14-96 14-62 8-34Z", "#f3cf72") + line("M3-96C0-76 0-58 1-42", "#fff3cf", 3, 'opacity=".8"')
    shine = ellipse(-46, -48, 22, 10, "#ffffff", 'opacity=".28" transform="rotate(-24 -46 -48)"')
    return _head(
        ident, radial(f"{ident}g", ((0, p.light), (0.5, p.base), (1, mix(p.base, p.deep, 0.6))), 120), spathe + veins + shine + spadix
    )


def calla(ident: str, p: Palette, chance: Random) -> str:
    back = path(
        "M-4 96C-30 50-66 4-58-50C-52-84-20-98 4-100C40-102 66-78 62-40C58 6 26 56 6 96Z",
        f"url(#{ident}g)",
        f'stroke="{p.deep}" stroke-opacity=".35" stroke-width="1.6"',
    )
    spadix = path("M-3 8C-8-26-4-60 4-66C11-58 11-24 6 8Z", "#efc552")
    front = path(
        "M-4 96C-34 44-60 6-56-36C-38-2 10 2 60-34C54 12 24 60 6 96Z", p.light, f'stroke="{p.deep}" stroke-opacity=".3" stroke-width="1.6"'
    )
    return _head(
        ident,
        radial(f"{ident}g", ((0, mix(p.base, p.deep, 0.35)), (1, p.light)), 110),
        back + spadix + front + line("M0 84C-10 50-16 30-30 8", p.deep, 1.8, 'opacity=".25"'),
    )


def protea(ident: str, p: Palette, chance: Random) -> str:
    layers = rings(ident, 13, ((1, 0), (0.84, 13), (0.68, 27)))
    fluff = circle(0, 0, 31, "none", 'stroke="#fff4ea" stroke-width="30" stroke-dasharray="3 5" opacity=".8"')
    return _head(
        ident, _petal(ident, petal(22, pointed=True), p, 0.35), layers + circle(0, 0, 46, p.deep) + fluff + circle(0, 0, 17, "#f3dccb")
    )


HEADS: dict[str, Head] = {
    "rose": rose, "carnation": carnation, "hydrangea": hydrangea, "orchid": orchid, "tulip": tulip, "sunflower": sunflower,
    "gerbera": gerbera, "daisy": daisy, "lily": lily, "alstroemeria": alstroemeria, "anthurium": anthurium, "calla": calla, "protea": protea,
}  # fmt: skip
# These stand upright on their stem; the others look at you and may be turned.
UPRIGHT = frozenset({"tulip", "anthurium", "calla", "orchid"})
