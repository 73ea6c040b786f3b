"""Covers for what has no flowers: screens, clouds, locks and talk. 1200 × 675, with room for words on the left."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from random import Random

from .palette import mix
from .pen import circle, line, linear, path, rect, svg

PREFIX = "nube-"
"""How the address of a cover asks for this style: the same address must give the same drawing for ever."""

TONES = ("#3b6fd4", "#1f8a83", "#7a5bc7", "#2f7fb8", "#c2598c", "#4c6a92")
PAPER, INK = "#ffffff", "#24324b"
Shape = Callable[[float, float, str, Random], str]


def screens_cover(slug: str, seed: int) -> str:
    """SVG: one large screen and two smaller things beside it; what the name speaks of comes first."""
    chance = Random(f"screens/{slug}/{seed}")  # noqa: S311  (a drawing, the same each time)
    tone, second = chance.sample(TONES, 2)
    mark = "s" + hashlib.sha256(f"{slug}{seed}".encode()).hexdigest()[:6]
    inside = next((shape for word, shape in NAMED.items() if word in slug), None) or chance.choice((_bars, _curve, _rows, _board))
    aside = chance.sample((_cloud, _lock, _talk, _gear), 2)
    parts = (
        linear(f"{mark}z", ((0, mix(tone, "#ffffff", 0.92)), (1, mix(second, "#ffffff", 0.78)))),
        rect(0, 0, 1200, 675, f"url(#{mark}z)"),
        circle(900 + chance.randint(-40, 40), 300, 270, "#ffffff", 'opacity=".38"'),
        _window(600, 130, 460, 330, tone) + inside(630, 200, tone, chance),
        _phone(1010, 250, second, chance),
        aside[0](655 + chance.randint(-20, 20), 505, second, chance),
        aside[1](905 + chance.randint(-20, 20), 535, tone, chance),
    )
    return svg(1200, 675, slug.removeprefix(PREFIX), tone, parts)


def _window(x: float, y: float, w: float, h: float, tone: str) -> str:
    dots = "".join(circle(x + 26 + 20 * i, y + 24, 6, mix(tone, "#ffffff", 0.2 + 0.3 * i)) for i in range(3))
    shade = rect(x + 10, y + 16, w, h, INK, 22, 'opacity=".12"')
    return (
        shade
        + rect(x, y, w, h, PAPER, 22)
        + path(f"M{x} {y + 48}h{w}", "none", f'stroke="{mix(tone, "#ffffff", 0.75)}" stroke-width="3"')
        + dots
    )


def _bars(x: float, y: float, tone: str, chance: Random) -> str:
    heights = sorted(chance.randint(50, 210) for _ in range(7))
    return "".join(rect(x + 8 + i * 57, y + 230 - h, 36, h, tone if i % 2 else mix(tone, "#ffffff", 0.5), 8) for i, h in enumerate(heights))


def _curve(x: float, y: float, tone: str, chance: Random) -> str:
    points = [(x + 10 + i * 76, y + 190 - i * 22 - chance.randint(-26, 30)) for i in range(6)]
    d = "M" + "L".join(f"{px} {py}" for px, py in points)
    grid = "".join(line(f"M{x} {y + 30 + i * 66}h400", mix(tone, "#ffffff", 0.8), 2) for i in range(4))
    area = path(f"{d}L{points[-1][0]} {y + 230}L{points[0][0]} {y + 230}Z", tone, 'opacity=".14"')
    return (
        grid
        + area
        + line(d, tone, 8, 'stroke-linejoin="round"')
        + "".join(circle(px, py, 9, PAPER, f'stroke="{tone}" stroke-width="5"') for px, py in points)
    )


def _rows(x: float, y: float, tone: str, chance: Random) -> str:
    return "".join(
        circle(x + 22, y + 26 + i * 50, 15, mix(tone, "#ffffff", 0.15 * i))
        + rect(x + 54, y + 14 + i * 50, chance.randint(90, 190), 12, INK, 6, 'opacity=".55"')
        + rect(x + 54, y + 32 + i * 50, chance.randint(50, 110), 8, INK, 4, 'opacity=".22"')
        + rect(x + 300, y + 14 + i * 50, 96, 24, mix(tone, "#ffffff", 0.72 if i % 2 else 0.4), 12)
        for i in range(5)
    )


def _board(x: float, y: float, tone: str, chance: Random) -> str:
    """Columns of cards: what is to be done, is being done, is done."""
    cards = []
    for column in range(3):
        cards.append(rect(x + column * 138, y, 124, 236, mix(tone, "#ffffff", 0.86), 12))
        cards += [
            rect(x + 10 + column * 138, y + 12 + i * 72, 104, 60, PAPER, 8)
            + rect(x + 20 + column * 138, y + 24 + i * 72, chance.randint(40, 84), 9, tone, 4, f'opacity="{1 - 0.25 * column:.2f}"')
            + rect(x + 20 + column * 138, y + 42 + i * 72, chance.randint(30, 70), 7, INK, 3, 'opacity=".25"')
            for i in range(chance.randint(1, 3))
        ]
    return "".join(cards)


def _invoice(x: float, y: float, tone: str, chance: Random) -> str:
    sheet = path(f"M{x + 90} {y}h170l50 50v186h-220Z", mix(tone, "#ffffff", 0.84)) + path(
        f"M{x + 260} {y}v50h50Z", mix(tone, "#ffffff", 0.5)
    )
    lines = "".join(rect(x + 114, y + 74 + i * 30, chance.randint(80, 160), 10, INK, 5, 'opacity=".4"') for i in range(4))
    seal = circle(x + 290, y + 200, 40, tone) + line(f"M{x + 272} {y + 200}l13 14l24-28", PAPER, 9, 'stroke-linejoin="round"')
    return sheet + lines + rect(x + 114, y + 30, 90, 16, tone, 8) + seal


def _lesson(x: float, y: float, tone: str, chance: Random) -> str:
    """A film that is about to play."""
    play = circle(x + 200, y + 100, 52, tone) + path(f"M{x + 184} {y + 72}l46 28l-46 28Z", PAPER)
    return (
        rect(x, y, 400, 200, mix(tone, "#ffffff", 0.8), 14)
        + play
        + rect(x, y + 218, 400, 12, mix(tone, "#ffffff", 0.75), 6)
        + rect(x, y + 218, chance.randint(90, 300), 12, tone, 6)
    )


def _phone(x: float, y: float, tone: str, chance: Random) -> str:
    lines = "".join(rect(x + 24, y + 150 + i * 26, chance.randint(50, 92), 10, INK, 5, 'opacity=".3"') for i in range(3))
    head = rect(x + 22, y + 38, 96, 90, mix(tone, "#ffffff", 0.6), 14) + circle(x + 70, y + 83, 26, tone)
    return (
        rect(x + 6, y + 10, 140, 270, INK, 26, 'opacity=".12"')
        + rect(x, y, 140, 270, PAPER, 26)
        + rect(x + 50, y + 14, 40, 8, INK, 4, 'opacity=".3"')
        + head
        + lines
    )


def _cloud(x: float, y: float, tone: str, chance: Random) -> str:
    return path(f"M{x} {y + 90}a46 46 0 0 1 8-91a62 62 0 0 1 118-16a52 52 0 0 1 64 50a30 30 0 0 1-6 57Z", mix(tone, "#ffffff", 0.35))


def _lock(x: float, y: float, tone: str, chance: Random) -> str:
    shackle = path(f"M{x + 26} {y + 20}v-26a34 34 0 0 1 68 0v26", "none", f'stroke="{INK}" stroke-opacity=".55" stroke-width="14"')
    return shackle + rect(x, y + 16, 120, 92, tone, 18) + circle(x + 60, y + 54, 12, PAPER) + rect(x + 55, y + 58, 10, 26, PAPER, 5)


def _talk(x: float, y: float, tone: str, chance: Random) -> str:
    bubble = path(
        f"M{x + 20} {y - 20}h140a24 24 0 0 1 24 24v50a24 24 0 0 1-24 24h-84l-36 32v-32h-20a24 24 0 0 1-24-24v-50a24 24 0 0 1 24-24Z", tone
    )
    return bubble + "".join(circle(x + 54 + i * 36, y + 30, 9, PAPER) for i in range(3))


def _gear(x: float, y: float, tone: str, chance: Random) -> str:
    teeth = "".join(f'<rect x="-13" y="-68" width="26" height="30" rx="7" transform="rotate({turn})"/>' for turn in range(0, 360, 45))
    wheel = f'<g fill="{tone}" transform="translate({x + 70} {y + 44})">{teeth}<circle r="52"/></g>'
    return wheel + circle(x + 70, y + 44, 22, PAPER)


NAMED: dict[str, Shape] = {
    "factura": _invoice, "contab": _invoice, "nomina": _rows, "crm": _rows, "venta": _curve, "mercadeo": _curve, "proyecto": _board, "curso": _lesson,
    "formacion": _lesson, "escuela": _lesson, "analit": _bars, "erp": _board, "implementa": _board, "consult": _board, "hero": _curve,
}  # fmt: skip
"""What a screen shows, by what stands in its address."""
