"""Abstract tiles for software: what has no shape gets a rhythm."""

from __future__ import annotations

from random import Random

from .palette import Palette, mix
from .pen import circle, line, n, path, rect


def chart(p: Palette, chance: Random) -> str:
    heights = [chance.randint(80, 300) for _ in range(6)]
    bars = "".join(rect(190 + i * 74, 600 - h, 46, h, p.base if i % 2 else p.light, 12) for i, h in enumerate(heights))
    points = [(213 + i * 74, 560 - h) for i, h in enumerate(heights)]
    curve = "M" + "L".join(f"{x} {y}" for x, y in points)
    return (
        bars
        + line(curve, p.deep, 8, 'stroke-linejoin="round"')
        + "".join(circle(x, y, 11, "#ffffff", f'stroke="{p.deep}" stroke-width="6"') for x, y in points)
    )


def network(p: Palette, chance: Random) -> str:
    nodes = [
        (400 + r * dx, 400 + r * dy)
        for r, dx, dy in ((0, 0, 0), (170, 0.9, -0.4), (190, -0.8, -0.6), (180, -0.7, 0.7), (200, 0.6, 0.8), (230, 0.1, -1), (225, -1, 0.1))
    ]
    links = "".join(line(f"M400 400L{n(x)} {n(y)}", p.deep, 6, 'opacity=".45"') for x, y in nodes[1:])
    return links + "".join(
        circle(x, y, 60 if i == 0 else chance.randint(26, 46), (p.deep, p.base, p.light)[i % 3]) for i, (x, y) in enumerate(nodes)
    )


def document(p: Palette, chance: Random) -> str:
    sheet = path("M250 170L490 170L560 240L560 640L250 640Z", "#ffffff") + path("M490 170L490 240L560 240Z", p.light)
    lines = "".join(
        rect(290, 290 + i * 50, chance.randint(120, 230), 16, p.base if i % 3 else p.deep, 8, 'opacity=".75"') for i in range(5)
    )
    return sheet + lines + circle(520, 600, 66, p.deep) + line("M490 602L512 624L552 578", "#ffffff", 13, 'stroke-linejoin="round"')


def blocks(p: Palette, chance: Random) -> str:
    tones = (p.light, p.base, p.deep, mix(p.base, "#ffffff", 0.6))
    cells = []
    for row in range(3):
        for column in range(3):
            x, y, tone = 200 + column * 140, 200 + row * 140, tones[chance.randrange(4)]
            shape = chance.randrange(3)
            cells.append(
                circle(x + 60, y + 60, 60, tone)
                if shape == 0
                else rect(x, y, 120, 120, tone, 26)
                if shape == 1
                else path(f"M{x} {y + 120}A120 120 0 0 1 {x + 120} {y}L{x + 120} {y + 120}Z", tone)
            )
    return "".join(cells)


def waves(p: Palette, chance: Random) -> str:
    bands = []
    for i in range(5):
        y, a = 250 + i * 74, chance.randint(40, 90)
        bands.append(
            path(
                f"M150 {y}C260 {y - a} 330 {y + a} 400 {y}C480 {y - a} 560 {y + a} 650 {y}L650 640L150 640Z",
                mix(p.light, p.deep, i / 5),
                'opacity=".85"',
            )
        )
    return "".join(bands)


APPS = {"app_chart": chart, "app_network": network, "app_document": document, "app_blocks": blocks, "app_waves": waves}


def tile(p: Palette, chance: Random, kind: str) -> str:
    """A rounded tile with one of the rhythms, as an icon on a calm desk."""
    drawing = APPS[kind](p, chance)
    clip = '<clipPath id="@c"><rect x="150" y="150" width="500" height="500" rx="112"/></clipPath>'
    return (
        rect(158, 172, 500, 500, p.deep, 112, 'opacity=".16"')
        + rect(150, 150, 500, 500, mix(p.light, "#ffffff", 0.55), 112)
        + clip
        + f'<g clip-path="url(#@c)">{drawing}</g>'
    )
