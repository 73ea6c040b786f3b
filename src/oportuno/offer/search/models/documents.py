"""A document: what an owner pushes down, so that people find it. Public words only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from oportuno.kernel.money import Money

Kind = Literal["product", "seller", "content"]
KINDS: tuple[Kind, ...] = ("product", "seller", "content")
Language = Literal["es", "en"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """The words of a document in one language.

    `title` weighs most; `keywords` (brand, category, values of attributes, tags) next; then `subtitle`, one line;
    then `body`, plain text of any length (the first 20,000 characters count). No HTML.
    """

    title: str
    subtitle: str = ""
    keywords: tuple[str, ...] = ()
    body: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where it is offered. Degrees, WGS 84."""

    lat: float
    lon: float
    city: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One thing people can find. `key` is kind and identity: "product:<uuid>"; putting it again replaces it.

    Only what is published may be put: whoever unpublishes removes. `url` is a path without the language ("/productos/rosa/").
    `texts` has one language or both. `codes` are SKU, GTIN, part numbers: found whole, however they are punctuated.
    `categories` are slugs from the root to the leaf. `facets` are "key=value" pairs ("color=rojo"), whose labels only the
    owner knows. `popularity` is 0 to 1 and only breaks near ties.
    """

    key: str
    kind: Kind
    organisation: int
    url: str
    texts: Mapping[Language, Texts]
    updated_at: datetime
    published_at: datetime | None = None
    sku: str = ""
    codes: tuple[str, ...] = ()
    seller_slug: str = ""
    seller_name: str = ""
    categories: tuple[str, ...] = ()
    facets: tuple[str, ...] = ()
    price: Money | None = None
    in_stock: bool = False
    certified: bool = False
    country: str = ""
    city: str = ""
    places: tuple[Place, ...] = field(default=())
    picture: str = ""
    popularity: float = 0.0
