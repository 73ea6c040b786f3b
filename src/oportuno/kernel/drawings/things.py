"""What is not a flower: pots, vases, boxes, tools, places. Drawn on 800 × 800, standing on y = 700."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from .containers import arch, basket, bouquet, dome, flower_box, vase, workshop, wreath
from .flowers import HEADS
from .greens import MARK, leaf, sprig
from .palette import CLAY, CLAY_DEEP, KRAFT, KRAFT_DEEP, STEEL, Palette, mix
from .pen import circle, ellipse, group, line, linear, path, rect, use


def pot(p: Palette, idents: tuple[str, ...], chance: Random) -> str:
    top = 470 if idents else 330
    body = path(f"M250 {top}L550 {top}L512 690C480 706 320 706 288 690Z", CLAY) + path(
        f"M250 {top}L330 {top}L346 702C320 699 300 695 288 690Z", CLAY_DEEP, 'opacity=".35"'
    )
    rim = rect(234, top - 34, 332, 58, mix(CLAY, "#ffffff", 0.12), 12) + rect(234, top + 12, 332, 12, CLAY_DEEP, 6, 'opacity=".3"')
    return body + rim


def potted(p: Palette, idents: tuple[str, ...], chance: Random) -> str:
    leaves = "".join(leaf(400, 470, 240 - abs(a) * 0.7 + chance.randint(-10, 20), a, 0.38) for a in (-78, 78, -52, 54, -26, 28, 2))
    heads = (
        "".join(
            line(f"M400 450C400 400 {x} 400 {x} {y}", p.leaf_deep, 6) + use(idents[0], x, y, s, chance.uniform(-20, 20))
            for x, y, s in ((300, 270, 0.72), (500, 262, 0.76), (400, 190, 0.9))
        )
        if idents
        else ""
    )
    return leaves + heads + pot(p, ("x",), chance)


def succulent(p: Palette, idents: tuple[str, ...], chance: Random) -> str:
    tone = mix(p.base, "#7fa58a", 0.7)
    whorl = group((leaf(0, 0, 100, a, 0.5) for a in range(0, 360, 36)), f'id="{MARK}v"')
    turns = "".join(f'<use href="#{MARK}v" transform="rotate({i * 18}) scale({s})"/>' for i, s in enumerate((2, 1.6, 1.2, 0.82, 0.48)))
    rings = f"<defs>{whorl}</defs>" + group((turns,), f'fill="{tone}" transform="translate(400 340)"')
    return pot(p, ("x",), chance) + rings


def cactus(p: Palette, idents: tuple[str, ...], chance: Random) -> str:
    green, deep = "#6f9a6c", "#47704f"
    body = (
        rect(320, 190, 160, 300, green, 80)
        + rect(210, 290, 74, 150, green, 37)
        + path("M247 400C250 450 300 440 330 440L330 392C300 396 290 396 284 380Z", green)
        + rect(520, 250, 70, 140, green, 35)
        + path("M555 360C556 420 500 416 470 414L470 366C500 368 520 366 520 346Z", green)
    )
    ribs = "".join(line(f"M{x} 214L{x} 470", deep, 4, 'opacity=".5"') for x in (350, 376, 400, 424, 450))
    spines = "".join(line(f"M{x} {y}l-7-6m7 6l7-6", "#f4ecd2", 2.5) for x in (350, 400, 450) for y in range(240, 460, 44))
    bloom = group((leaf(400, 196, 62, a, 0.36) for a in (-70, 70, -36, 36, 0)), f'fill="{p.base}"')
    return body + ribs + spines + bloom + pot(p, ("x",), chance)


def herb(p: Palette, idents: tuple[str, ...], chance: Random) -> str:
    return "".join(sprig(400 + a * 0.7, 470, 300 - abs(a) * 1.4, a, True) for a in (-44, 44, -22, 23, 0)) + pot(p, ("x",), chance)


def seedling(p: Palette, idents: tuple[str, ...], chance: Random) -> str:
    cells = "".join(rect(160 + i * 122, 520, 108, 150, "#4d4a46", 14) + ellipse(214 + i * 122, 526, 50, 14, "#6d4a33") for i in range(4))
    sprouts = "".join(
        line(f"M{x} 524L{x} {y}", p.leaf, 7)
        + leaf(x, y, 92, -54, 0.5)
        + leaf(x, y, 92, 54, 0.5)
        + leaf(x, y, 50, chance.randint(-8, 8), 0.45)
        for x, y in ((214, 400), (336, 350), (458, 376), (580, 330))
    )
    return rect(130, 640, 540, 56, "#3c3a37", 14) + cells + sprouts


def seed_packet(p: Palette, idents: tuple[str, ...], chance: Random) -> str:
    paper = rect(240, 130, 320, 540, "#fdf8ee", 10, f'stroke="{KRAFT_DEEP}" stroke-opacity=".4" stroke-width="3"') + rect(
        240, 130, 320, 62, p.deep, 10
    )
    label = "".join(rect(400 - w / 2, y, w, 10, p.deep, 5, 'opacity=".45"') for y, w in ((560, 190), (586, 130), (612, 160)))
    bloom = (
        circle(400, 370, 140, mix(p.light, "#ffffff", 0.3))
        + line("M400 380L400 505", p.leaf_deep, 8)
        + leaf(400, 480, 80, 60)
        + leaf(400, 490, 80, -60)
        + use(idents[0], 400, 340, 0.92)
    )
    seeds = "".join(
        ellipse(x, y, 15, 8, "#6b4a2e", f'transform="rotate({chance.randint(0, 90)} {x} {y})"')
        for x, y in ((606, 676), (640, 650), (196, 684), (650, 694))
    )
    return f'<g transform="rotate({chance.randint(-6, 6)} 400 400)">{paper}{bloom}{label}</g>{seeds}'


def bulb(p: Palette, idents: tuple[str, ...], chance: Random) -> str:
    one = (
        path("M0 100C-90 100-96 10-40-30C-16-50-10-80 0-120C10-80 16-50 40-30C96 10 90 100 0 100Z", "#c99a63")
        + "".join(line(f"M{x} 92C{x * 1.6:g} 30 {x * 0.8:g}-20 0-100", "#9a6c3c", 3, 'opacity=".5"') for x in (-40, -16, 16, 40))
        + path("M0-118C-22-160-14-190 0-214C14-190 22-160 0-118Z", p.leaf)
    )
    roots = "".join(line(f"M{x} 98C{x * 1.5:g} 120 {x * 1.3:g} 130 {x * 2:g} 150", "#d9c29a", 3) for x in (-24, -8, 8, 24))
    return "".join(
        f'<g transform="translate({x} {y}) scale({s}) rotate({a})">{roots}{one}</g>'
        for x, y, s, a in ((260, 500, 1.15, -14), (545, 510, 1.05, 12), (400, 560, 1.3, 2))
    )


def empty_vase(p: Palette, idents: tuple[str, ...], chance: Random) -> str:
    shapes = (
        "M340 150L460 150C456 250 540 330 540 480C540 640 470 700 400 700C330 700 260 640 260 480C260 330 344 250 340 150Z",
        "M300 170L500 170L520 690C470 706 330 706 280 690Z",
        "M360 140L440 140L440 300C560 350 570 470 560 560C548 670 480 702 400 702C320 702 252 670 240 560C230 470 240 350 360 300Z",
    )
    body = chance.choice(shapes)
    tone = mix(p.base, "#e9dfd2", 0.45)
    shine = linear(f"{MARK}y", ((0, mix(tone, "#ffffff", 0.25)), (0.55, tone), (1, mix(tone, "#5b4a3c", 0.35))), across=True)
    glaze = shine + path(body, f"url(#{MARK}y)")
    return group(
        (
            leaf(396, 160, 150, -20, 0.3),
            leaf(404, 160, 170, 16, 0.26),
            glaze,
            line("M318 520C306 470 316 420 344 380", "#ffffff", 14, 'opacity=".55"'),
        ),
        'transform="translate(80 146) scale(.8)"',
    )


def soil_bag(p: Palette, idents: tuple[str, ...], chance: Random) -> str:
    bag = path(
        "M250 180C300 160 500 160 550 180C540 300 575 500 560 690C480 706 320 706 240 690C225 500 260 300 250 180Z",
        mix("#8a6a4c", p.leaf, 0.2),
    ) + path("M250 180C300 160 500 160 550 180L540 230C480 216 320 216 260 230Z", "#5f4630")
    label = (
        rect(292, 310, 216, 240, "#fbf4e6", 12)
        + leaf(400, 500, 140, -28, 0.4)
        + leaf(400, 500, 140, 28, 0.4)
        + line("M400 500L400 530", p.leaf_deep, 7)
    )
    spilled = path("M150 700C200 660 260 668 300 700Z", "#4b3424") + ellipse(580, 694, 60, 14, "#4b3424")
    return bag + label + spilled


def bottle(p: Palette, idents: tuple[str, ...], chance: Random) -> str:
    tone = mix(p.leaf, "#ffffff", 0.25)
    body = path(
        "M310 320C310 280 350 270 350 230L450 230C450 270 490 280 490 320L490 670C490 696 470 702 450 702L350 702C330 702 310 696 310 670Z",
        tone,
    ) + rect(346, 160, 108, 76, p.leaf_deep, 10)
    label = rect(310, 400, 180, 190, "#fdf8ee") + circle(400, 480, 52, mix(p.leaf, "#ffffff", 0.6)) + leaf(400, 520, 84, 0, 0.46)
    drops = "".join(path(f"M{x} {y}c-16 24-18 36 0 40c18-4 16-16 0-40Z", "#9cc7d6") for x, y in ((560, 420), (600, 520), (220, 470)))
    return body + label + drops + line("M334 340L334 650", "#ffffff", 9, 'opacity=".4"')


def tools(p: Palette, idents: tuple[str, ...], chance: Random) -> str:
    blades = path("M396 430C350 330 330 220 352 120C388 200 410 310 416 420Z", STEEL) + path(
        "M404 430C450 330 474 226 456 124C416 206 392 312 384 420Z", mix(STEEL, "#ffffff", 0.35)
    )
    arms = line("M392 430C360 520 300 560 300 650C300 700 356 700 366 660C378 600 396 520 404 440", p.deep, 26) + line(
        "M408 430C440 520 500 560 500 650C500 700 444 700 434 660C422 600 404 520 396 440", p.deep, 26
    )
    return (
        blades
        + arms
        + circle(400, 428, 17, "#e9edef", f'stroke="{STEEL}" stroke-width="5"')
        + sprig(610, 690, 300, 12)
        + leaf(180, 690, 170, -14, 0.4)
    )


def ribbon(p: Palette, idents: tuple[str, ...], chance: Random) -> str:
    fold = mix(p.base, p.deep, 0.55)
    tails = path("M380 400C350 500 300 590 250 690L300 672L336 706C370 610 400 520 420 420Z", p.base) + path(
        "M420 400C450 500 500 590 550 690L500 672L464 706C430 610 400 520 380 420Z", mix(p.base, p.deep, 0.25)
    )
    loop = path("M400 390C320 250 170 190 130 270C96 340 130 470 210 470C280 470 350 430 400 390Z", p.base) + path(
        "M390 388C320 320 230 270 190 310C164 340 190 420 240 426C290 430 350 410 390 388Z", fold
    )
    knot = rect(352, 340, 96, 104, mix(p.base, p.light, 0.3), 34) + line(
        "M376 356C370 384 370 402 376 428M424 356C430 384 430 402 424 428", p.deep, 4, 'opacity=".4"'
    )
    return tails + loop + group((loop,), 'transform="translate(800 0) scale(-1 1)"') + knot


def box(p: Palette, idents: tuple[str, ...], chance: Random) -> str:
    front = (
        path("M170 380L400 440L400 700L170 620Z", KRAFT)
        + path("M630 380L400 440L400 700L630 620Z", KRAFT_DEEP)
        + path("M170 380L400 320L630 380L400 440Z", mix(KRAFT, "#ffffff", 0.35))
    )
    flaps = path("M170 380L110 310L330 262L400 320Z", mix(KRAFT, "#ffffff", 0.2)) + path("M630 380L690 310L470 262L400 320Z", KRAFT)
    tissue = path("M230 370C280 290 330 340 370 270C400 330 440 280 470 320C510 290 540 330 570 370L400 414Z", "#fff7ee")
    return flaps + front + tissue + leaf(285, 620, 90, -20, 0.4) + leaf(285, 620, 90, 30, 0.4)


def book(p: Palette, idents: tuple[str, ...], chance: Random) -> str:
    cover = path(
        "M220 150L540 130C556 130 566 140 568 156L590 650C590 664 582 672 568 674L250 694C236 694 226 688 224 672L204 170C204 158 210 152 220 150Z",
        p.deep,
    )
    pages = path("M250 694L568 674C582 672 590 664 590 650L594 668C594 684 586 692 572 694L262 712C250 712 242 704 240 694Z", "#f6ead7")
    window = (
        circle(400, 370, 132, mix(p.light, "#ffffff", 0.35))
        + leaf(400, 490, 100, 42)
        + leaf(396, 490, 100, -42)
        + use(idents[0], 400, 350, 0.9)
    )
    words = "".join(rect(400 - w / 2 + 10, y, w, 12, "#fff3e4", 6, 'opacity=".75"') for y, w in ((560, 220), (588, 150)))
    return pages + cover + line("M250 150L274 690", "#000000", 7, 'opacity=".16"') + window + words


def truck(p: Palette, idents: tuple[str, ...], chance: Random) -> str:
    cargo = rect(110, 300, 380, 280, "#fdfaf5", 16) + rect(110, 300, 380, 40, mix(p.leaf, "#ffffff", 0.3), 16)
    cab = path("M500 380L610 380C640 380 690 460 690 500L690 580L500 580Z", p.deep) + path(
        "M530 410L604 410C622 410 648 452 654 476L530 476Z", "#d8eaf0"
    )
    snow = "".join(line("M250 450L250 390M250 450L250 510", "#8fbdd0", 8, f'transform="rotate({a} 250 450)"') for a in (0, 60, 120))
    wheels = "".join(circle(x, 592, 52, "#3b3a3d") + circle(x, 592, 22, "#d5d3cf") for x in (220, 590))
    return (
        rect(110, 570, 580, 24, "#5c5a5e", 8) + cargo + cab + snow + leaf(380, 520, 120, -16, 0.4) + leaf(384, 520, 120, 24, 0.4) + wheels
    )


Thing = Callable[[Palette, tuple[str, ...], Random], str]
# kind → its drawing, and the flowers in it (a first and a second), if any.
THINGS: dict[str, tuple[Thing, tuple[str, ...]]] = {
    "bouquet": (bouquet, ("rose", "daisy")), "vase_flowers": (vase, ("lily", "rose")), "flower_box": (flower_box, ("rose", "rose")),
    "basket": (basket, ("gerbera", "carnation")), "wreath": (wreath, ("carnation", "rose")), "dome": (dome, ("rose",)),
    "potted": (potted, ("gerbera",)), "pot": (pot, ()), "succulent": (succulent, ()), "cactus": (cactus, ()), "herb": (herb, ()),
    "seedling": (seedling, ()), "seed_packet": (seed_packet, ("gerbera",)), "bulb": (bulb, ()), "vase": (empty_vase, ()),
    "soil_bag": (soil_bag, ()), "bottle": (bottle, ()), "tools": (tools, ()), "ribbon": (ribbon, ()), "box": (box, ()),
    "arch": (arch, ("rose", "daisy")), "workshop": (workshop, ("gerbera", "rose")), "book": (book, ("rose",)), "truck": (truck, ()),
    "leafy": (potted, ()), **{f"potted_{head}": (potted, (head,)) for head in HEADS},
}  # fmt: skip
