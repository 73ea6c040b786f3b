"""What blocks show of others: higher apps answer for it, for all blocks of a document at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .blocks.block import Need

Source = Callable[[Sequence[str], str], Mapping[str, Any]]
"""Takes names and the reader's language; answers what is there and may be seen by anybody, by its name."""


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """A picture as the library serves it. Sizes in pixels; `srcset` and `avif` (the same, lighter) may be empty.

    `focus`: classes that keep its point of interest in sight where a frame cuts it.
    """

    src: str
    width: int
    height: int
    srcset: str = ""
    alt: str = ""
    avif: str = ""
    focus: str = ""


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A file as the library serves it. `size` in bytes."""

    src: str
    name: str
    mime: str
    size: int


_sources: dict[str, Source] = {}


def add_source(name: str, source: Source) -> None:
    """Who answers for one sort of need. Called in config.wiring."""
    _sources[name] = source


def look_up(needs: Iterable[Need], language: str) -> dict[Need, Any]:
    """Everything that is needed and still there: each source is asked once."""
    wanted: dict[str, dict[str, None]] = defaultdict(dict)
    for source, name in needs:
        wanted[source][name] = None
    return {
        (source, name): thing
        for source, names in wanted.items()
        if source in _sources
        for name, thing in _sources[source](list(names), language).items()
    }
