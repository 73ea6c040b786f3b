"""A question to the index."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Literal

from oportuno.kernel.money import Money
from oportuno.offer.search.models import Kind

Sort = Literal["relevance", "price", "-price", "newest", "distance"]
SORTS: tuple[Sort, ...] = ("relevance", "price", "-price", "newest", "distance")
LONGEST_TEXT = 300
"""Characters of a question that count; nobody asks longer, and a pasted page costs a page's work."""
MOST_RESULTS = 100
LAST_RESULT = 2_000
"""Pages end here: who has not found it among two thousand asks differently."""


@dataclass(frozen=True, slots=True)
class Near:
    """Within `km` of a point (degrees, WGS 84)."""

    lat: float
    lon: float
    km: float = 25.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What somebody looks for. Everything is optional; without `text` it is a list.

    `language` is the reader's ("es-co", "en"): it chooses among texts, it does not filter. `category` and `seller` are
    slugs, `country` has two letters, `place` is a city's name. `facets` are values by key: any of a key's values,
    all of the keys. `least` and `most` are prices, both in one currency. `after` counts results to leave out.
    """

    text: str = ""
    kind: Kind | None = None
    language: str = "es"
    category: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    least: Money | None = None
    most: Money | None = None
    seller: str = ""
    country: str = ""
    place: str = ""
    near: Near | None = None
    certified: bool = False
    in_stock: bool = False
    sort: Sort = "relevance"
    after: int = 0
    limit: int = 20
    exact: bool = False
    """Take the words as they are typed: no correction."""

    def but(self, **changes: Any) -> Query:
        """The same question with some parts changed, from its first result on."""
        return replace(self, **{"after": 0, **changes})

    @property
    def narrowed(self) -> bool:
        """Whether anything beside the words and the kind narrows it."""
        return any(
            [
                self.category,
                self.facets,
                self.least,
                self.most,
                self.seller,
                self.country,
                self.place,
                self.near,
                self.certified,
                self.in_stock,
            ]
        )
