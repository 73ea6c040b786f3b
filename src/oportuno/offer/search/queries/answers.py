"""What the index answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from oportuno.kernel.money import Money
from oportuno.offer.search.models import Kind
from oportuno.offer.search.queries.asking import Query

Relaxed = Literal["", "some_words", "nearest"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a snippet; `hit` when it is what was asked for. Plain text: the template escapes it."""

    text: str
    hit: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One result. `why` are short reasons in the reader's language; `metres` is the distance to `Query.near`."""

    key: str
    kind: Kind
    title: str
    url: str
    subtitle: str = ""
    snippet: tuple[Piece, ...] = ()
    title_pieces: tuple[Piece, ...] = ()
    seller_slug: str = ""
    seller_name: str = ""
    sku: str = ""
    price: Money | None = None
    in_stock: bool = False
    certified: bool = False
    country: str = ""
    city: str = ""
    picture: str = ""
    categories: tuple[str, ...] = ()
    metres: float | None = None
    score: float = 0.0
    why: tuple[str, ...] = ()
    updated_at: datetime | None = None

    @property
    def id(self) -> str:
        """The identity within its kind: what follows the colon of the key."""
        return self.key.partition(":")[2]


@dataclass(frozen=True, slots=True)
class Count:
    """A value of a facet, and how many results have it. `chosen` when the question asks for it; `shown`: how people write it, if known."""

    value: str
    count: int
    chosen: bool = False
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """A range of prices (minor units of `currency`); None is open. `count` results lie in it."""

    least: int | None
    most: int | None
    currency: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """Counts over all results, up to 10,000. What is chosen already does not narrow the counts of its own facet."""

    kinds: tuple[Count, ...] = ()
    categories: tuple[Count, ...] = ()
    sellers: tuple[Count, ...] = ()
    places: tuple[Count, ...] = ()
    countries: tuple[Count, ...] = ()
    certified: int = 0
    in_stock: int = 0
    prices: tuple[Band, ...] = ()
    values: dict[str, tuple[Count, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """The answer. `total` is exact up to 10,000; above, `more` is true and `total` is 10,000. `full` of them have every word.

    `correction` is the question as it was probably meant; with `corrected` these are already its results.
    `relaxed` says what was given up to find anything: "some_words" must match only, or "nearest": nothing matches,
    this is what lies nearest. `next` is the `after` of the next page, None on the last.
    """

    query: Query
    items: tuple[Hit, ...] = ()
    facets: Facets = field(default_factory=Facets)
    total: int = 0
    full: int = 0
    more: bool = False
    correction: str = ""
    corrected: bool = False
    relaxed: Relaxed = ""
    next: int | None = None

    @property
    def unmet(self) -> bool:
        """Whether the market has nothing for this: shown are at best the nearest things."""
        return self.relaxed == "nearest" or not self.items


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line while typing. `kind` is a document's, or "search" (somebody's search that found much) or "category"."""

    kind: str
    text: str
    url: str = ""
    detail: str = ""
