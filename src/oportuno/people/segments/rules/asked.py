"""What a condition asks once every doubt is settled: thirteen tests, their opposites, and groups of them.

The database (queries.compiling) and the memory (rules.holding) are asked exactly these.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from oportuno.people.segments.rules.deeds import DeedKind, Pages
from oportuno.people.segments.rules.tree import Match

Form = Literal["name", "bare", "lower", "plain", "number", "day", "moment", "yesno"]
"""How what is kept is looked at: folded as names are, folded, in lower case already, as it is, as a number …"""

FOREVER = 10_000  # times that nobody reaches: no upper bound


@dataclass(frozen=True)
class Ref:
    """Where to look: a column of the contact, or a field of the organisation's own."""

    name: str
    form: Form
    own: bool = False


@dataclass(frozen=True)
class OneOf:
    """Is one of these (texts, as the form makes them; for `yesno` True or False)."""

    ref: Ref
    values: frozenset[Any]


@dataclass(frozen=True)
class Like:
    """`begins` with the word, or holds it anywhere."""

    ref: Ref
    word: str
    begins: bool


@dataclass(frozen=True)
class Filled:
    ref: Ref


@dataclass(frozen=True)
class Within:
    """From `low` to `high`; None: no end. `open_*`: the end itself is not meant. Decimals, ISO days or moments."""

    ref: Ref
    low: Any = None
    high: Any = None
    open_low: bool = False
    open_high: bool = False


@dataclass(frozen=True)
class Yearly:
    """A day whose month and day ("05-31") is one of these, whatever its year."""

    ref: Ref
    days: frozenset[str]


@dataclass(frozen=True)
class Tagged:
    """Has any of the tags, or all; no tags asked: has any at all."""

    tags: tuple[str, ...]
    all: bool = False


@dataclass(frozen=True)
class Stands:
    """Stands so with a purpose; "": nobody asked him."""

    channel: str
    purpose: str
    standing: str


@dataclass(frozen=True)
class Topics:
    """Wants the bulletin about one of these; none asked: about anything in particular."""

    topics: frozenset[str]


@dataclass(frozen=True)
class Reached:
    """Has an address of this kind; `proved`: one whose owner proved it."""

    kind: str
    proved: bool


@dataclass(frozen=True)
class Member:
    segments: frozenset[UUID]


@dataclass(frozen=True)
class Did:
    """Did it from `least` to `most` times since then (None: ever), about these pages (None: about anything), which `about` names."""

    deed: DeedKind
    least: int
    most: int
    since: datetime | None = None
    pages: Pages | None = None
    about: str = ""


@dataclass(frozen=True)
class DidOfLast:
    """Did it with `least` to `most` of the last `of` things that it answers to. Who has none of these did none."""

    deed: DeedKind
    asked: DeedKind
    of: int
    least: int
    most: int


@dataclass(frozen=True)
class Silent:
    """Did it at least twice, and is now silent for longer than `tenths`/10 of his own mean pause."""

    deed: DeedKind
    tenths: int
    until: datetime


Test = OneOf | Like | Filled | Within | Yearly | Tagged | Stands | Topics | Reached | Member | Did | DidOfLast | Silent


@dataclass(frozen=True)
class Ask:
    """A condition: its test, or the opposite of it."""

    test: Test
    opposite: bool = False


@dataclass(frozen=True)
class Among:
    """A group. Nothing in it: everybody, whatever the match."""

    match: Match
    of: tuple[Meaning, ...]


Meaning = Ask | Among
