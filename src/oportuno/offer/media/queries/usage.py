"""Where things of the library are used. Applications above tell it: `add_usage`, in config.wiring."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Use:
    """One place: what it is called, and where the member goes to change it ("" when nowhere)."""

    label: Any
    href: str = ""


Finder = Callable[[Sequence[UUID], str], Mapping[UUID, Sequence[Use]]]
"""Takes things of the organisation we act for, and its slug; answers the places of each in a few queries."""

_finders: dict[str, Finder] = {}


def add_usage(name: str, finder: Finder) -> None:
    """Let an application tell where it uses things. Called in config.wiring."""
    _finders[name] = finder


def uses_of(items: Sequence[UUID], slug: str) -> dict[UUID, list[Use]]:
    """All places of each thing that has any."""
    found: dict[UUID, list[Use]] = defaultdict(list)
    for finder in _finders.values() if items else ():
        for item, uses in finder(items, slug).items():
            found[item] += uses
    return dict(found)
