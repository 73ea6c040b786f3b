"""The picture of a shared link, as PNG: networks and messengers show no SVG."""

from __future__ import annotations

import io
import math
from random import Random

from PIL import Image, ImageDraw

from oportuno.kernel.drawings.palette import LEAVES, hex_of, mix
from oportuno.kernel.drawings.screens import PREFIX, TONES

SIZE = (1200, 630)  # what Open Graph is shown at
FINE = 2  # drawn twice as large, so that edges are smooth
Where = tuple[float, float]


def shared_picture(name: str, seed: int) -> bytes:
    """A calm row of flowers, the same for the same name and seed. The last word of the name may be a colour."""
    chance = Random(f"{name} {seed}")  # noqa: S311  (a drawing, the same each time)
    colour = chance.choice(TONES) if name.startswith(PREFIX) else hex_of(name.rsplit("-", 1)[-1])
    sheet = Image.new("RGB", (SIZE[0] * FINE, SIZE[1] * FINE), mix("#fbf6ef", colour, 0.12))
    pen = ImageDraw.Draw(sheet)
    draw = _tiles if name.startswith(("app", PREFIX)) else _flowers
    draw(pen, colour, chance)
    kept = io.BytesIO()
    sheet.resize(SIZE, Image.Resampling.LANCZOS).quantize(64).save(kept, "PNG", optimize=True)
    return kept.getvalue()


def _flowers(pen: ImageDraw.ImageDraw, colour: str, chance: Random) -> None:
    for number in range(5):
        x, y = 160 + number * 220 + chance.uniform(-30, 30), 250 + chance.uniform(-60, 60)
        _stem(pen, (x, y), chance)
        _flower(pen, (x, y), chance.uniform(86, 122), mix(colour, "#ffffff", chance.uniform(0, 0.35)), chance)


def _stem(pen: ImageDraw.ImageDraw, top: Where, chance: Random) -> None:
    green = chance.choice(LEAVES)
    foot = (top[0] + chance.uniform(-40, 40), SIZE[1])
    pen.line([_fine(top), _fine(foot)], fill=green, width=9 * FINE)
    middle = ((top[0] + foot[0]) / 2, (top[1] + foot[1]) / 2 + 40)
    for side in (-1, 1):
        tip = (middle[0] + side * 78, middle[1] - 52)
        bend = ((middle[0] + tip[0]) / 2, (middle[1] + tip[1]) / 2)
        pen.polygon(
            [_fine(middle), _fine((bend[0], bend[1] - 26)), _fine(tip), _fine((bend[0], bend[1] + 26))], fill=mix(green, "#ffffff", 0.12)
        )


def _flower(pen: ImageDraw.ImageDraw, at: Where, size: float, colour: str, chance: Random) -> None:
    """Rings of petals, the inner ones darker, and a heart."""
    turn = chance.uniform(0, 1)
    for ring, (reach, wide) in enumerate(((0.62, 0.5), (0.38, 0.42), (0.18, 0.34))):
        fill = mix(colour, "#3a1020", 0.12 * ring)
        for petal in range(8 - ring):
            angle = 2 * math.pi * (petal / (8 - ring)) + turn + ring
            centre = (at[0] + math.cos(angle) * size * reach, at[1] + math.sin(angle) * size * reach)
            _dot(pen, centre, size * wide, fill, mix(colour, "#3a1020", 0.12 * ring + 0.14))
    _dot(pen, at, size * 0.16, mix(colour, "#2b0b17", 0.5), "")


def _tiles(pen: ImageDraw.ImageDraw, colour: str, chance: Random) -> None:
    """What software looks like from afar: cards of several heights."""
    for number in range(5):
        left, top = 110 + number * 205, chance.uniform(110, 330)
        box = [*_fine((left, top)), *_fine((left + 165, 520))]
        pen.rounded_rectangle(box, radius=22 * FINE, fill=mix(colour, "#ffffff", chance.uniform(0.05, 0.5)))


def _dot(pen: ImageDraw.ImageDraw, at: Where, radius: float, fill: str, edge: str) -> None:
    box = [*_fine((at[0] - radius, at[1] - radius)), *_fine((at[0] + radius, at[1] + radius))]
    pen.ellipse(box, fill=fill, outline=edge or None, width=3 if edge else 0)


def _fine(point: Where) -> Where:
    return point[0] * FINE, point[1] * FINE
