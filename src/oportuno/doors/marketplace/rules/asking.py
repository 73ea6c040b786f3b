"""What an address of the search page asks for, and the address of something asked a little differently."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Any
from urllib.parse import quote_plus

VIEWS = ("cards", "list", "map")
KINDS = ("product", "seller", "content")
SORTS = ("relevance", "price", "-price", "newest", "distance")
DISTANCES = (5, 10, 25, 50, 100, 250)
KM = 25
PAGE = 24  # divides by 2, 3 and 4 columns
LAST_PAGE = 80
LONGEST = 300
MOST_FACETS = 12
ATTRIBUTE = "a."
"""An attribute's parameter: `a.colour=rojo`, so that no attribute's key can hide one of ours."""


@dataclass(frozen=True)
class Asked:
    """A search as its address says it. `least` and `most` as typed, in whole `currency`; `facets` by key, in order."""

    q: str = ""
    purpose: str = ""
    kind: str = ""
    category: str = ""
    place: str = ""
    country: str = ""
    seller: str = ""
    certified: bool = False
    in_stock: bool = False
    least: str = ""
    most: str = ""
    currency: str = ""
    lat: float | None = None
    lon: float | None = None
    km: int = KM
    sort: str = "relevance"
    view: str = "cards"
    page: int = 1
    exact: bool = False
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def text(self) -> str:
        """All words: what, and for whom."""
        return " ".join(one for one in (self.q, self.purpose) if one)[:LONGEST]

    @property
    def is_near(self) -> bool:
        return self.lat is not None and self.lon is not None

    @property
    def narrowed(self) -> bool:
        """Whether anything beside the words is asked."""
        plain = (self.kind, self.category, self.place, self.country, self.seller, self.least, self.most, self.facets)
        return any(plain) or self.certified or self.in_stock or self.is_near

    def but(self, **changes: Any) -> Asked:
        """The same asked a little differently, from its first page on."""
        asked = object.__new__(type(self))  # a page has two hundred such links: `replace` was a tenth of its time
        vars(asked).update(vars(self) | {"page": 1} | changes)
        return asked

    def toggled(self, key: str, value: str) -> Asked:
        """With one value of a facet added, or taken away."""
        chosen = self.facets.get(key, ())
        kept = tuple(one for one in chosen if one != value) if value in chosen else (*chosen, value)
        return self.but(facets={k: v for k, v in {**self.facets, key: kept}.items() if v})

    def parameters(self, *, without: Iterable[str] = ()) -> list[tuple[str, str]]:
        """As an address says it, shortest form, always in the same order: equal searches have equal addresses."""
        usual = USUAL
        pairs = [
            ("q", self.q),
            ("for", self.purpose),
            ("kind", self.kind),
            ("category", self.category),
            ("place", self.place),
            ("country", self.country),
            ("seller", self.seller),
            ("certified", "1" if self.certified else ""),
            ("in_stock", "1" if self.in_stock else ""),
            ("least", self.least),
            ("most", self.most),
            ("currency", self.currency if self.least or self.most else ""),
            ("lat", f"{self.lat:.4f}" if self.is_near else ""),
            ("lon", f"{self.lon:.4f}" if self.is_near else ""),
            ("km", str(self.km) if self.is_near and self.km != usual.km else ""),
            *((f"{ATTRIBUTE}{key}", value) for key, values in self.facets.items() for value in values),
            ("sort", self.sort if self.sort != usual.sort else ""),
            ("view", self.view if self.view != usual.view else ""),
            ("exact", "1" if self.exact else ""),
            ("page", str(self.page) if self.page > 1 else ""),
        ]
        left = set(without)
        return [(name, value) for name, value in pairs if value and name not in left]

    def query(self, *, without: Iterable[str] = ()) -> str:
        """`?q=…`; "?" alone when nothing is asked, so that it always is an address."""
        return "?" + "&".join([f"{_quoted(name)}={_quoted(value)}" for name, value in self.parameters(without=without)])


USUAL = Asked()
_quoted = lru_cache(maxsize=2048)(quote_plus)
"""A page has sixty addresses, and each says the same words again."""


def read(parameters: Mapping[str, list[str]]) -> Asked:
    """What an address asks. What makes no sense is left out: a shared link never breaks."""
    given = {name: values[-1].strip()[:LONGEST] for name, values in parameters.items() if values}
    lat, lon = _degrees(given.get("lat", ""), 90), _degrees(given.get("lon", ""), 180)
    near = lat is not None and lon is not None
    sort = _among(given.get("sort", ""), SORTS, "relevance")
    facets = {
        name.removeprefix(ATTRIBUTE)[:60]: tuple(dict.fromkeys(value[:80] for value in values if value))[:20]
        for name, values in list(parameters.items())
        if name.startswith(ATTRIBUTE) and any(values)
    }
    return Asked(
        q=given.get("q", ""),
        purpose=given.get("for", ""),
        kind=_among(given.get("kind", ""), KINDS, ""),
        category=given.get("category", "")[:80],
        place=given.get("place", "")[:80],
        country=given.get("country", "")[:2].upper(),
        seller=given.get("seller", "")[:60],
        certified=given.get("certified", "") in ("1", "on"),
        in_stock=given.get("in_stock", "") in ("1", "on"),
        least=_amount(given.get("least", "")),
        most=_amount(given.get("most", "")),
        currency=given.get("currency", "")[:3].upper(),
        lat=lat if near else None,
        lon=lon if near else None,
        km=_whole(given.get("km", ""), KM, 500),
        sort=sort if near or sort != "distance" else "relevance",
        view=_among(given.get("view", ""), VIEWS, "cards"),
        page=_whole(given.get("page", ""), 1, LAST_PAGE),
        exact=given.get("exact") == "1",
        facets=dict(list(facets.items())[:MOST_FACETS]),
    )


def _among(value: str, known: Iterable[str], usual: str) -> str:
    return value if value in known else usual


def _whole(value: str, usual: int, most: int) -> int:
    return min(int(value), most) if value.isascii() and value.isdigit() and int(value[:6]) > 0 else usual


def _degrees(value: str, most: int) -> float | None:
    try:
        number = float(value)
    except ValueError:
        return None
    return round(number, 4) if -most <= number <= most else None


def _amount(value: str) -> str:
    """Digits with at most one point; a comma is read as one."""
    text = value.replace(" ", "").replace(",", ".")[:15]
    return text if text.replace(".", "", 1).isascii() and text.replace(".", "", 1).isdigit() else ""
