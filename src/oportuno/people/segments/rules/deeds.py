"""What contacts do, as facts tell it: opened, clicked, asked, visited …"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class Pages:
    """What "about" means: pages with these identities, or whose path begins so."""

    ids: frozenset[UUID] = frozenset()
    paths: tuple[str, ...] = ()


Finder = Callable[[str], Pages]
Offered = Callable[[str], Collection[tuple[str, str]]]


@dataclass(frozen=True)
class DeedKind:
    """Something that people do. `kinds` are the facts that tell of it, `only` and `never` what must (not) stand in their data.

    `said` is in the past tense, for any number: "opened a bulletin". `of` names the deed whose subject it answers to, as an
    opening answers to a sending; so "2 of the last 5". `about` finds the pages of something by its name, `offered` lists the
    names in a language; None: it cannot be narrowed.
    """

    key: str
    kinds: tuple[str, ...]
    said: Any
    only: Mapping[str, str] = field(default_factory=dict)
    never: Mapping[str, str] = field(default_factory=dict)
    of: str = ""
    of_said: Any = ""
    about: Finder | None = None
    offered: Offered | None = None
    listed: bool = True
