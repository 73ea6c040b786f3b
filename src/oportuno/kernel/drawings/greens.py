"""Stems, leaves and what grows from them: bunches, sprays, pots."""

from __future__ import annotations

from random import Random

from .palette import Palette, mix
from .pen import ellipse, group, line, n, path, use

# Stands for the mark of the picture in ids; the scene writes it in.
MARK = "@"


def leaf_defs(p: Palette) -> str:
    """One leaf and two twigs, drawn once; everything green is made of them. Each is 100 long and points up."""
    shape = '<path d="M0 0C-34-30-27-75 0-100C27-75 34-30 0 0Z"/>' + path("M0 0C34-30 27-75 0-100Z", p.leaf_deep, 'opacity=".35"')
    twigs = "".join(f'<g id="{MARK}{name}">{_twig(p, wide)}</g>' for name, wide in (("n", 1.0), ("w", 1.8)))
    return f'<defs><g id="{MARK}l">{shape}</g>{twigs}</defs>'


def _twig(p: Palette, wide: float) -> str:
    pairs = []
    for i in range(5):
        size = 0.34 - 0.03 * i
        for side in (-1, 1):
            pairs.append(
                f'<use href="#{MARK}l" transform="translate(0 {n(-20 - 16 * i)}) rotate({side * (62 - 4 * i)}) scale({size * wide:.2f} {size:.2f})"/>'
            )
    tip = f'<use href="#{MARK}l" transform="translate(0-96) scale(.2 .24)"/>'
    return line("M0 0L0-98", p.leaf_deep, 1.4) + "".join(pairs) + tip


def leaf(x: float, y: float, length: float, angle: float, width: float = 0.34) -> str:
    """A leaf from a point, pointing to `angle` (0 is up)."""
    size = length / 100
    return f'<use href="#{MARK}l" transform="translate({n(x)} {n(y)}) rotate({n(angle)}) scale({size * width / 0.34:.2f} {size:.2f})"/>'


def stem(x: float, y: float, to_x: float, to_y: float, p: Palette, width: float = 9) -> str:
    bend = (to_y - y) * 0.45
    return line(f"M{n(x)} {n(y)}C{n(x)} {n(y + bend)} {n(to_x)} {n(to_y - bend)} {n(to_x)} {n(to_y)}", p.leaf_deep, width)


def sprig(x: float, y: float, length: float, angle: float, round_: bool = False, fill: str = "") -> str:
    """A twig of paired leaves."""
    return f'<use href="#{MARK}{"w" if round_ else "n"}"{fill} transform="translate({n(x)} {n(y)}) rotate({n(angle)}) scale({length / 100:.2f})"/>'


def bunch(ident: str, p: Palette, chance: Random, upright: bool) -> str:
    """Three flowers of one kind on their stems: how a cut flower is shown."""
    places = [(400, 285, 1.72), (228, 400, 1.2), (574, 390, 1.24)]
    if chance.random() < 0.5:
        places = [(800 - x, y, s) for x, y, s in places]
    foot = 400 + chance.randint(-12, 12)
    stems = [stem(x, y + 40, foot + (x - 400) * 0.12, 800, p, 10) for x, y, _ in places]
    leaves = [
        leaf(foot - 30, 640, 170, -58), leaf(foot + 32, 690, 160, 62),
        leaf(foot - 62, 560, 130, -40), leaf(foot + 70, 560, 140, 36),
    ]  # fmt: skip
    low, high = (-14, 14) if upright else (0, 72)
    heads = [use(ident, x, y, s, chance.uniform(low, high)) for x, y, s in reversed(places)]
    return "".join((*stems, *leaves, *heads))


def spray(p: Palette, chance: Random) -> str:
    """A cloud of tiny flowers: gypsophila and its kin."""
    stems: list[str] = []
    clouds: dict[str, list[str]] = {p.deep: [], p.base: [], p.light: []}
    for x in range(150, 700, 70):
        top = 330 + abs(x - 400) * 0.35 + chance.randint(-80, 30)
        middle = (800 + top) / 2
        stems.append(line(f"M400 800C400 {n(middle)} {x} {n(middle + 40)} {x} {n(top)}", p.leaf, 3.5, 'opacity=".8"'))
        for i in range(13):
            tint = (p.base, p.light, p.base, p.light, p.deep)[i % 5]
            dot = f'<circle cx="{chance.gauss(x, 44):.0f}" cy="{chance.gauss(top, 48):.0f}" r="{chance.randint(8, 16)}"/>'
            clouds[tint].append(dot)
    return "".join(stems) + "".join(group(dots, f'fill="{tint}"') for tint, dots in clouds.items())


def boughs(p: Palette, chance: Random) -> str:
    """A handful of foliage."""
    round_ = chance.random() < 0.5
    lighter = f' fill="{mix(p.leaf, "#dfeecb", 0.3)}"'
    return "".join(
        sprig(400 + a * 0.6, 780 - abs(a), 520 - abs(a) * 1.6 + chance.randint(-20, 20), a, round_, lighter if i % 2 else "")
        for i, a in enumerate((-46, 46, -24, 24, 0))
    )


def spike(p: Palette, chance: Random) -> str:
    """Heliconia: bracts left and right of a stem, and broad leaves behind."""
    parts = [leaf(360, 800, 560, -24, 0.2), leaf(440, 800, 520, 22, 0.2), line("M400 800C396 600 410 400 400 150", p.leaf_deep, 12)]
    for i in range(6):
        y, side = 620 - i * 84, -1 if i % 2 else 1
        length = 210 - i * 18
        parts.append(
            path(
                f"M400 {y}C{400 + side * 40} {y - 60} {400 + side * length * 0.7:.0f} {y - 100} {400 + side * length} {y - 116}"
                f"C{400 + side * length * 0.75:.0f} {y - 50} {400 + side * 70} {y + 26} 400 {y + 18}Z",
                p.base if i % 2 else mix(p.base, p.deep, 0.18),
            )
        )
        parts.append(
            line(
                f"M{400 + side * 36} {y - 40}C{400 + side * length * 0.6:.0f} {y - 88} {400 + side * length * 0.8:.0f} {y - 104} {400 + side * length} {y - 116}",
                "#f6d65c",
                7,
            )
        )
    return "".join(parts)


def wheat(p: Palette, chance: Random) -> str:
    """Dried stems, tied."""
    ears = "".join(
        ellipse(
            side * 11,
            -400 - i * 26,
            8,
            19,
            p.base if i % 2 else mix(p.base, p.deep, 0.3),
            f'transform="rotate({side * 24} {side * 11} {-400 - i * 26})"',
        )
        for i in range(4)
        for side in (-1, 1)
    )
    stalk = group((line("M0 120L0-400", mix(p.base, p.deep, 0.35), 4), ears, ellipse(0, -512, 7, 24, p.base)), f'id="{MARK}s"')
    stalks = "".join(
        f'<use href="#{MARK}s" transform="translate({n(400 + a * 0.5)} 660) rotate({a}) scale({1 - abs(a) / 160:.2f})"/>'
        for a in (-30, -19, -9, 0, 8, 18, 31)
    )
    return f"<defs>{stalk}</defs>{stalks}" + path("M352 600C380 612 420 612 448 600L452 634C420 646 380 646 348 634Z", p.deep)
