"""Flowers put together: in paper, glass, baskets, on arches. Drawn on 800 × 800, standing on y = 700."""

from __future__ import annotations

from random import Random

from .greens import MARK, leaf, sprig
from .palette import KRAFT, KRAFT_DEEP, STEEL, WOOD, Palette, mix
from .pen import circle, ellipse, group, line, n, path, rect, use

PLACES = {  # where heads stand in a container: x, y, scale
    "bouquet": ((400, 230, 1.0), (285, 285, 0.92), (515, 285, 0.92), (335, 395, 0.95), (465, 395, 0.95), (400, 320, 1.05), (225, 380, 0.7), (575, 380, 0.7)),
    "box": ((300, 340, 0.86), (400, 320, 0.95), (500, 340, 0.86), (252, 405, 0.78), (350, 410, 0.92), (450, 410, 0.92), (548, 405, 0.78)),
    "vase": ((400, 215, 1.05), (290, 290, 0.9), (510, 285, 0.92), (400, 335, 1.0), (240, 380, 0.66), (560, 378, 0.68)),
}  # fmt: skip


def _heads(place: str, idents: tuple[str, ...], chance: Random) -> str:
    return "".join(use(idents[i % len(idents)], x, y, s, chance.uniform(-20, 20)) for i, (x, y, s) in enumerate(PLACES[place]))


def _fan(p: Palette, x: float, y: float, length: float) -> str:
    return "".join(sprig(x, y, length - abs(a), a, a % 2 == 0) for a in (-58, 58, -34, 35, -12, 13))


def bouquet(p: Palette, idents: tuple[str, ...], chance: Random) -> str:
    wrap = path("M210 420C300 470 500 470 590 420L455 690C430 705 370 705 345 690Z", KRAFT) + path(
        "M210 420C300 470 400 476 400 476L380 698C366 697 352 694 345 690Z", KRAFT_DEEP, 'opacity=".45"'
    )
    stems = "".join(line(f"M{x} 660L{n(400 + (x - 400) * 2.4)} 770", p.leaf_deep, 8) for x in (370, 390, 410, 430))
    bow = path(
        "M400 620C350 580 300 600 312 640C322 668 372 650 400 630C428 650 478 668 488 640C500 600 450 580 400 620Z", p.deep
    ) + circle(400, 626, 15, mix(p.deep, "#ffffff", 0.2))
    tails = path("M394 636L360 730L384 716L398 734L404 640Z", p.deep, 'opacity=".85"')
    return stems + _fan(p, 400, 470, 330) + _heads("bouquet", idents, chance) + wrap + tails + bow


def vase(p: Palette, idents: tuple[str, ...], chance: Random) -> str:
    stems = "".join(line(f"M{x} 420L{n(400 + (400 - x) * 0.7)} 670", p.leaf_deep, 6) for x in (330, 370, 410, 450, 480))
    glass = path(
        "M318 440L482 440C474 500 500 560 500 620C500 680 470 704 400 704C330 704 300 680 300 620C300 560 326 500 318 440Z",
        "#ffffff",
        'opacity=".38" stroke="#8fa5ab" stroke-width="3"',
    )
    water = path("M305 590C340 602 460 602 495 590C502 660 486 700 400 700C314 700 298 660 305 590Z", "#b9d7dd", 'opacity=".55"')
    return (
        stems
        + water
        + glass
        + _fan(p, 400, 450, 300)
        + _heads("vase", idents, chance)
        + path("M330 460C322 520 318 560 318 610", "none", 'stroke="#fff" stroke-width="7" stroke-linecap="round" opacity=".7"')
    )


def flower_box(p: Palette, idents: tuple[str, ...], chance: Random) -> str:
    shell = mix(p.deep, "#ffffff", 0.12)
    body = path("M190 460L610 460L590 690C520 716 280 716 210 690Z", shell) + path(
        "M190 460L400 476L400 709C320 709 250 704 210 690Z", "#000000", 'opacity=".08"'
    )
    band = path("M197 540L603 540L599 580L201 580Z", "#f6e7d2", 'opacity=".9"')
    return ellipse(400, 455, 212, 52, mix(shell, "#000000", 0.25)) + _fan(p, 400, 480, 190) + _heads("box", idents, chance) + body + band


def basket(p: Palette, idents: tuple[str, ...], chance: Random) -> str:
    handle = line("M215 470C215 130 585 130 585 470", WOOD, 16)
    body = path("M190 460L610 460C600 560 580 660 550 698L250 698C220 660 200 560 190 460Z", KRAFT)
    weave = "".join(
        line(
            f"M{200 + i * 5} {500 + i * 40}C300 {520 + i * 40} 500 {520 + i * 40} {600 - i * 5} {500 + i * 40}",
            KRAFT_DEEP,
            7,
            'opacity=".8"',
        )
        for i in range(5)
    )
    bars = "".join(line(f"M{x} 470L{n(400 + (x - 400) * 0.78)} 696", KRAFT_DEEP, 5, 'opacity=".55"') for x in range(230, 600, 48))
    inside = (_fan(p, 400, 480, 190) + _heads("box", idents, chance)) if idents else ellipse(400, 462, 208, 40, KRAFT_DEEP)
    return handle + inside + body + bars + weave + line("M190 462C320 486 480 486 610 462", WOOD, 14)


def wreath(p: Palette, idents: tuple[str, ...], chance: Random) -> str:
    pair = group((leaf(0, -232, 120, 68), leaf(0, -196, 110, -68)), f'id="{MARK}v"')
    ring_of = f"<defs>{pair}</defs>" + "".join(
        f'<use href="#{MARK}v" transform="translate(400 400) rotate({t})"/>' for t in range(0, 360, 20)
    )
    heads = "".join(
        f'<g transform="translate(400 400) rotate({t + chance.randint(-5, 5)}) translate(0 -214)">{use(idents[i % len(idents)], 0, 0, s)}</g>'
        for i, (t, s) in enumerate(((180, 0.9), (150, 0.74), (210, 0.74), (122, 0.58), (238, 0.58), (0, 0.6), (28, 0.48), (-28, 0.48)))
    )
    bow = path("M400 690C350 650 318 690 344 716C362 730 388 712 400 700C412 712 438 730 456 716C482 690 450 650 400 690Z", p.deep)
    return circle(400, 400, 214, "none", f'stroke="{p.leaf_deep}" stroke-width="44" opacity=".55"') + ring_of + heads + bow


def dome(p: Palette, idents: tuple[str, ...], chance: Random) -> str:
    base = ellipse(400, 668, 190, 40, mix(WOOD, "#000000", 0.3)) + ellipse(400, 652, 190, 40, WOOD)
    glass = path(
        "M236 648L236 330C236 110 564 110 564 330L564 648C520 668 280 668 236 648Z",
        "#ffffff",
        'opacity=".3" stroke="#9db2b8" stroke-width="3"',
    )
    inside = (
        line("M400 640C396 560 404 500 400 400", p.leaf_deep, 8)
        + leaf(400, 540, 90, 60)
        + leaf(400, 580, 90, -62)
        + use(idents[0], 400, 330, 1.15, chance.uniform(0, 40))
    )
    fallen = ellipse(330, 640, 26, 9, p.base) + ellipse(470, 646, 22, 8, p.deep)
    return (
        base
        + inside
        + fallen
        + glass
        + circle(400, 148, 15, "#dfe9ea")
        + line("M272 330C276 230 310 190 350 176", "#ffffff", 9, 'opacity=".75"')
    )


def arch(p: Palette, idents: tuple[str, ...], chance: Random) -> str:
    posts = line("M190 700L190 360C190 90 610 90 610 360L610 700", "#f5ead9", 22) + line(
        "M190 700L190 360C190 90 610 90 610 360L610 700", WOOD, 6, 'opacity=".35"'
    )
    drape = path("M196 300C230 480 210 600 250 700L190 700Z", "#ffffff", 'opacity=".7"') + path(
        "M604 300C570 480 590 600 550 700L610 700Z", "#ffffff", 'opacity=".7"'
    )
    spots = (
        (196, 330, 0.62),
        (214, 240, 0.7),
        (270, 176, 0.8),
        (345, 150, 0.66),
        (420, 150, 0.56),
        (192, 420, 0.5),
        (602, 420, 0.5),
        (606, 500, 0.66),
        (588, 570, 0.5),
    )
    greens = "".join(sprig(x, y, 130 * s + 50, a + chance.randint(-20, 20), True) for x, y, s in spots for a in (-60, 150))
    heads = "".join(use(idents[i % len(idents)], x, y, s, chance.uniform(0, 60)) for i, (x, y, s) in enumerate(spots))
    aisle = path("M340 700L460 700L520 790L280 790Z", "#ffffff", 'opacity=".6"')
    petals = "".join(ellipse(chance.randint(310, 490), chance.randint(705, 780), 9, 5, p.base) for _ in range(12))
    return posts + drape + aisle + greens + heads + petals


def workshop(p: Palette, idents: tuple[str, ...], chance: Random) -> str:
    table = (
        rect(90, 600, 620, 34, WOOD, 8)
        + rect(130, 634, 30, 120, mix(WOOD, "#000000", 0.2))
        + rect(640, 634, 30, 120, mix(WOOD, "#000000", 0.2))
    )
    jar = path("M440 420L600 420L580 600L460 600Z", "#ffffff", 'opacity=".5" stroke="#8fa5ab" stroke-width="3"')
    heads = "".join(
        line(f"M520 560L{x} {y}", p.leaf_deep, 6) + use(idents[i % len(idents)], x, y, 0.68, chance.uniform(0, 40))
        for i, (x, y) in enumerate(((440, 330), (520, 280), (600, 335), (490, 380), (560, 390)))
    )
    sheet = (
        rect(150, 430, 190, 160, "#fffaf1", 8, 'transform="rotate(-5 245 510)"')
        + leaf(220, 560, 90, -10)
        + line("M180 470L300 460M182 492L270 485", p.deep, 5, 'opacity=".4"')
    )
    snips = line("M360 590L420 560M360 566L420 590", STEEL, 8)
    return jar + heads + table + sheet + snips + leaf(660, 600, 120, 60)
