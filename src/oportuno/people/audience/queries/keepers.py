"""What apps above keep of contacts, told to whoever it is of: what she sees of herself is all there is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from oportuno.kernel.isolation import for_market


@dataclass(frozen=True)
class Kept:
    """Something that is kept of a contact, in the reader's language. `words`: (what was asked, what was said), perhaps ("", said)."""

    contact: UUID
    kind: str
    title: str
    words: tuple[tuple[str, str], ...]
    at: datetime


Keeper = Callable[[Collection[UUID]], Sequence[Kept]]
_keepers: dict[str, Keeper] = {}


def keeps(name: str, keeper: Keeper) -> None:
    """Register who tells what an app keeps of these contacts, at most one query for each kind. Whoever `erases` also `keeps`."""
    _keepers[name] = keeper


def keepers() -> set[str]:
    """Who would be asked, by name of the app."""
    return set(_keepers)


def kept_of(contacts: Collection[UUID]) -> list[Kept]:
    """All of it, the newest first. The contacts are the reader's own: the caller has looked."""
    if not contacts:
        return []
    with for_market("a person reads what is kept of her"):
        found = [one for keeper in _keepers.values() for one in keeper(contacts)]
    return sorted(found, key=lambda one: one.at, reverse=True)
