"""Slots: a lower page names a place, higher apps fill it in config.wiring.

BESIDE_PRODUCT = slot("beside a product", "catalogue's product page, right column", takes="offer card, request")

{% slot "beside a product" offer=offer %}           in a template
fill("beside a product", other_sellers, order=10)   in config.wiring
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from oportuno.kernel.errors import Broken

Filler = Callable[..., str]
"""Takes `request` and the slot's own keywords; answers safe HTML, or nothing ("") to stay out."""


@dataclass
class Slot:
    """A named place. `takes` says which keywords its fillers get; an empty slot shows nothing."""

    name: str
    where: str
    takes: str
    fillers: list[tuple[int, Filler]] = field(default_factory=list)


_slots: dict[str, Slot] = {}


def slot(name: str, where: str, *, takes: str = "") -> str:
    """Name a place that others may fill; answers the name."""
    _slots.setdefault(name, Slot(name, where, takes))
    return name


def fill(name: str, filler: Filler, *, order: int = 100) -> None:
    """Put something into a slot; lower `order` comes first. Filling twice with the same function is once."""
    if name not in _slots:
        raise Broken(f"Nobody named a slot {name!r}")
    fillers = _slots[name].fillers
    if filler not in [f for _, f in fillers]:
        fillers.append((order, filler))
        fillers.sort(key=lambda pair: pair[0])


def render_slot(name: str, **context: Any) -> list[str]:
    """What the fillers answer, in order, without the empty ones."""
    if name not in _slots:
        raise Broken(f"Nobody named a slot {name!r}")
    return [html for _, filler in _slots[name].fillers if (html := filler(**context))]


def all_slots() -> list[Slot]:
    """Every slot by name, for `oportuno slots`."""
    return [_slots[name] for name in sorted(_slots)]
