"""What the two shells need to know. The marketplace and the workbench each make one in a context processor.

`ui/market.html` reads `market`, `ui/desk.html` reads `desk` and `desk_nav` too; whoever makes none gets a bare shell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

Words = Any  # a str, or a lazy translation


@dataclass(frozen=True)
class Link:
    label: Words
    href: str
    icon: str = ""
    current: bool = False


@dataclass(frozen=True)
class Column:
    """Of the footer."""

    title: Words
    links: Sequence[Link]


@dataclass(frozen=True)
class Market:
    """The public face. An empty address leaves its link out."""

    name: Words = "Oportuno"
    emblem: str = "flower"
    promise: Words = ""
    legal: Words = ""
    home: str = "/"
    search: str = "/"
    search_hint: Words = ""
    suggest: str = ""
    bulletin: str = ""
    sell: str = ""
    sign_in: str = ""
    sign_out: str = ""
    account: str = ""
    desk: str = ""
    nav: Sequence[Link] = ()
    footer: Sequence[Column] = ()


@dataclass(frozen=True)
class DeskItem:
    """A page of the workbench; `count` shows beside its word unless it is None or 0."""

    label: Words
    icon: str
    href: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class DeskSection:
    label: Words
    items: Sequence[DeskItem]


@dataclass(frozen=True)
class Somebody:
    name: str
    email: str = ""


@dataclass(frozen=True)
class Desk:
    """The workbench of one organisation. `organisations` are those the person may switch to, this one too."""

    name: Words = ""
    kind: Words = ""
    logo: str = ""
    home: str = "/"
    search: str = ""
    account: str = ""
    sign_out: str = ""
    person: Somebody | None = None
    organisations: Sequence[Link] = field(default_factory=tuple)
