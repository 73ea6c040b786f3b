"""The geometry of charts: values in, shares and points out. Pure; `tags/figures.py` draws them.

Everything is in hundredths of the drawing's width and height, so that a chart stretches with its page
while its words, which stand beside it as text, do not.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

Value = float | int
LEAST = 1e-9  # what differs by less is drawn as the same


@dataclass(frozen=True)
class Scale:
    """Round figures from `low` to `high`, `step` apart, that hold every value."""

    low: float
    high: float
    step: float

    @property
    def ticks(self) -> list[float]:
        """From the top down, as they stand beside the chart."""
        count = round((self.high - self.low) / self.step)
        return [round(self.high - index * self.step, 10) for index in range(count + 1)]

    def share(self, value: Value) -> float:
        """How far up a value stands, 0 to 100."""
        return round(100 * (value - self.low) / (self.high - self.low), 2)


def scale(values: Sequence[Value], about: int = 4) -> Scale:
    """A scale from zero (or below it, for losses) with about so many steps of 1, 2 or 5 times a power of ten."""
    low, high = min([0, *values]), max([0, *values])
    if high - low < LEAST:
        high = low + 1
    rough = (high - low) / about
    magnitude = 10 ** math.floor(math.log10(rough))
    step = magnitude * next(factor for factor in (1, 2, 5, 10) if factor * magnitude >= rough * 0.999)
    return Scale(math.floor(low / step) * step, math.ceil(high / step) * step, step)


def points(values: Sequence[Value | None], ground: Scale) -> list[tuple[float, float]]:
    """Where each value stands, left to right, y downwards; None is left out."""
    gap = 100 / max(len(values) - 1, 1)
    return [(round(index * gap, 2), round(100 - ground.share(value), 2)) for index, value in enumerate(values) if value is not None]


def path(places: Sequence[tuple[float, float]]) -> str:
    """A line through the places, as SVG's `d`."""
    return " ".join(f"{'ML'[index > 0]}{x:g} {y:g}" for index, (x, y) in enumerate(places))


def area(places: Sequence[tuple[float, float]], floor: float = 100) -> str:
    """The same line, closed along the floor."""
    return f"{path(places)} L{places[-1][0]:g} {floor:g} L{places[0][0]:g} {floor:g} Z" if places else ""


def spark(values: Sequence[Value]) -> str:
    """A small line that shows shape only: it fills its height, with a little room for the stroke."""
    low, high = min(values), max(values)
    spread = (high - low) or 1
    gap = 100 / max(len(values) - 1, 1)
    return path([(round(index * gap, 2), round(28 - 24 * (value - low) / spread, 2)) for index, value in enumerate(values)])


def shares(values: Sequence[Value]) -> list[float]:
    """Fractions of the whole; zeros where there is nothing."""
    whole = sum(values)
    return [value / whole if whole else 0.0 for value in values]


def arcs(values: Sequence[Value], gap: float = 0.6) -> list[tuple[float, float]]:
    """For a circle of length 100: how long each part is, and where it starts."""
    found, start = [], 0.0
    for share in shares(values):
        length = share * 100
        found.append((round(max(length - gap, 0.01) if share < 1 else length, 3), round(-start, 3)))
        start += length
    return found
