"""What contacts do, as facts tell it: opened, clicked, asked, visited …"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

LATELY = 20  # the last so many times are known one by one, and of the last so many things which were answered
DEEPEST, LONGEST_ABOUT = 6, 200  # so many steps down a path, in so many characters, are known one by one


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
    opening answers to a sending; so "2 of the last 5". What it is about is a path below one of `under` ("/categorias/" and
    "rosas" for all below /categorias/rosas/), or pages that `about` finds by its name; neither: it cannot be narrowed.
    `offered` lists the names in a language.
    """

    key: str
    kinds: tuple[str, ...]
    said: Any
    only: Mapping[str, str] = field(default_factory=dict)
    never: Mapping[str, str] = field(default_factory=dict)
    of: str = ""
    of_said: Any = ""
    under: tuple[str, ...] = ()
    about: Finder | None = None
    offered: Offered | None = None
    listed: bool = True

    @property
    def narrows(self) -> bool:
        return bool(self.under) or self.about is not None

    def pages(self, name: str) -> Pages | None:
        """None: about anything."""
        if not name or not self.narrows:
            return None
        return Pages(paths=tuple(f"{one}{name}/" for one in self.under)) if self.under or self.about is None else self.about(name)
