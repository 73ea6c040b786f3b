"""What cards show. Any object or dict with the same names will do; these say which names, and let mypy help."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from oportuno.kernel.money import Money

Words = Any  # a str, or a lazy translation


@dataclass(frozen=True)
class Picture:
    """`width` and `height` reserve its place; `small` is for lists and thumbnails, `sources` a srcset, `avif` a lighter one.

    `focus`: classes that keep its point of interest in sight.
    """

    src: str
    alt: str = ""
    width: int = 800
    height: int = 600
    small: str = ""
    sources: str = ""
    avif: str = ""
    focus: str = ""


@dataclass(frozen=True)
class ProductCard:
    """`price` None is a product one asks a quote for; `was` a price before; `distance` in metres; `why` says why it is here."""

    name: str
    href: str
    picture: Picture | None = None
    price: Money | None = None
    was: Money | None = None
    since: bool = False  # "from": there are cheaper and dearer variants
    unit: Words = ""
    tax: Words = ""
    seller: str = ""
    certified: bool = False
    place: str = ""
    distance: float | None = None
    rating: float | None = None
    ratings: int = 0
    stock: Words = ""
    stock_state: str = "good"
    badge: Words = ""
    why: Words = ""


@dataclass(frozen=True)
class SellerCard:
    """`difference` is in the seller's own words; `kept` the fraction of promises kept on time."""

    name: str
    href: str
    person: str = ""
    role: Words = ""
    face: str = ""
    picture: Picture | None = None
    difference: str = ""
    place: str = ""
    distance: float | None = None
    certified: Words = ""
    sectors: Sequence[Words] = ()
    kept: float | None = None
    promises: int = 0
    rating: float | None = None
    ratings: int = 0
    offers: int = 0
    why: Words = ""


@dataclass(frozen=True)
class Place:
    """A point of the map: `lines` are said below its name; `route` is a link that plans the way."""

    name: str
    latitude: float
    longitude: float
    href: str = ""
    lines: Sequence[Words] = ()
    route: str = ""
