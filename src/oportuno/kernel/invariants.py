"""Promises that hold at every moment, and a count of where they do not. 0 is well."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from oportuno.kernel.isolation import for_market

Count = Callable[[], int]


@dataclass(frozen=True)
class Invariant:
    """A promise in words, and how many rows break it now. `count` runs acting for the market."""

    name: str
    promise: str
    count: Count


_invariants: dict[str, Invariant] = {}


def invariant(name: str, promise: str, count: Count) -> None:
    """Add a promise to the list. Called in config.wiring."""
    _invariants[name] = Invariant(name, promise, count)


def violations() -> dict[str, int]:
    """How many rows break each promise, by name."""
    with for_market("invariants"):
        return {one.name: one.count() for _name, one in sorted(_invariants.items())}


def promises() -> dict[str, str]:
    """Each promise in words, by name."""
    return {name: one.promise for name, one in sorted(_invariants.items())}
