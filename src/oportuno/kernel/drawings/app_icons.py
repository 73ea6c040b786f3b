"""The market on a phone's first screen: its emblem on its colour, as PNG, which every phone shows."""

from __future__ import annotations

import io
import math

from PIL import Image, ImageDraw

FINE = 4  # drawn larger, so that edges are smooth
SIZES = (180, 192, 512)  # Apple's, and what a manifest needs to be installable


def app_icon(emblem: str, ground: str, ink: str, size: int) -> bytes:
    """Square and full to the edge: phones cut it to their own shape, so the emblem stays within the middle four fifths."""
    full = size * FINE
    sheet = Image.new("RGB", (full, full), ground)
    draw = _tiles if emblem == "apps" else _flower
    draw(ImageDraw.Draw(sheet), full, ink)
    kept = io.BytesIO()
    sheet.resize((size, size), Image.Resampling.LANCZOS).quantize(32).save(kept, "PNG", optimize=True)
    return kept.getvalue()


def _flower(pen: ImageDraw.ImageDraw, full: int, ink: str) -> None:
    """Six petals around a heart, in lines, as the market's name wears it."""
    middle, reach, petal, stroke = full / 2, full * 0.22, full * 0.115, max(1, round(full * 0.034))
    for turn in range(6):
        angle = math.pi / 3 * turn + math.pi / 6
        x, y = middle + math.cos(angle) * reach, middle + math.sin(angle) * reach
        pen.ellipse([x - petal, y - petal, x + petal, y + petal], outline=ink, width=stroke)
    heart = full * 0.07
    pen.ellipse([middle - heart, middle - heart, middle + heart, middle + heart], fill=ink)


def _tiles(pen: ImageDraw.ImageDraw, full: int, ink: str) -> None:
    """Three tiles and a plus."""
    side, gap, stroke = full * 0.2, full * 0.06, max(1, round(full * 0.034))
    start = full / 2 - side - gap / 2
    for column, row in ((0, 0), (0, 1), (1, 1)):
        x, y = start + column * (side + gap), start + row * (side + gap)
        pen.rounded_rectangle([x, y, x + side, y + side], radius=side * 0.24, outline=ink, width=stroke)
    x, y = start + side + gap + side / 2, start + side / 2
    pen.line([x, y - side * 0.4, x, y + side * 0.4], fill=ink, width=stroke)
    pen.line([x - side * 0.4, y, x + side * 0.4, y], fill=ink, width=stroke)
