"""What a demo market is made of: plain frozen data, for whoever writes it to a database or a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from ..knowledge import Piece
from ..taxonomy import Sells
from ..words import Country, Currency, Text

Attributes = Mapping[str, object]
VettingState = Literal["approved", "pending", "changes", "rejected"]


@dataclass(frozen=True, slots=True)
class DemoHours:
    """Local time; weekday 0 is Monday. From 00:00 to 23:59 is open all day."""

    weekday: int
    opens: str
    closes: str


@dataclass(frozen=True, slots=True)
class DemoPoint:
    key: str
    name: str
    address: str
    city: str
    region: str
    country: Country
    latitude: float
    longitude: float
    phone: str
    hours: tuple[DemoHours, ...]


@dataclass(frozen=True, slots=True)
class DemoSeller:
    """`milestones_done`: keys of the pack's commitment. `municipality`: DIVIPOLA code, in Colombia."""

    slug: str
    name: str
    country: Country
    region: str
    city: str
    municipality: str | None
    sectors: tuple[str, ...]
    founded: int
    tax_check: str
    tax_number: str
    phone: str
    email: str
    currency: Currency
    difference: Text
    story: Text
    vetting: VettingState
    vetting_note: Text | None
    certifications: tuple[str, ...]
    milestones_done: tuple[str, ...]
    joined_days_ago: int
    answers_in_hours: int
    serves: tuple[str, ...]
    points: tuple[DemoPoint, ...]
    sells: Mapping[str, int]
    seed: int


@dataclass(frozen=True, slots=True)
class DemoPicture:
    """Arguments of `oportuno.kernel.drawings.product_picture`."""

    kind: str
    colour: str
    seed: int


@dataclass(frozen=True, slots=True)
class DemoProduct:
    """What a thing is, whoever sells it. With a `gtin` several sellers may offer it."""

    key: str
    recipe: str
    category: str
    sells: Sells
    title: Text
    description: Text
    attributes: Attributes
    gtin: str | None
    picture: DemoPicture


@dataclass(frozen=True, slots=True)
class DemoVariant:
    """`price` None: on request. `stock` by point of sale; empty: not counted (services, courses)."""

    sku: str
    label: Text | None
    attributes: Attributes
    price: Decimal | None
    stock: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class DemoOffer:
    key: str
    seller: str
    product: str
    currency: Currency
    quote_only: bool
    tax: str
    unit: Text
    lead_days: int
    variants: tuple[DemoVariant, ...]


@dataclass(frozen=True, slots=True)
class DemoRole:
    """`organisation`: a seller's slug, "operator", "partner", "professional", or None for a buyer."""

    organisation: str | None
    role: str


@dataclass(frozen=True, slots=True)
class DemoPerson:
    key: str
    name: str
    email: str
    language: str
    about: Text
    roles: tuple[DemoRole, ...]


@dataclass(frozen=True, slots=True)
class DemoOrganisation:
    """Those of the cast who are no sellers: the operator, a partner, a writer's practice."""

    key: str
    kind: str
    name: str
    country: Country
    about: Text


@dataclass(frozen=True, slots=True)
class DemoContact:
    key: str
    name: str
    email: str
    phone: str | None
    country: Country
    city: str
    seller: str
    source: str
    persona: str
    days_ago: int
    consents: bool
    interest: str


@dataclass(frozen=True, slots=True)
class DemoSearch:
    """What visitors typed in a year; `met` False: nothing in the market answers it."""

    words: str
    language: str
    place: str | None
    times: int
    met: bool


@dataclass(frozen=True, slots=True)
class DemoQuestion:
    seller: str
    asker: str
    asks: Text
    answer: Text | None
    days_ago: int


@dataclass(frozen=True, slots=True)
class DemoArticle:
    slug: str
    seller: str
    title: Text
    body: Text
    tags: tuple[str, ...]
    days_ago: int
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DemoPost:
    title: str
    body: str
    category: str
    tags: tuple[str, ...]
    days_ago: int


@dataclass(frozen=True, slots=True)
class DemoVoice:
    """A site with its blog. `organisation` is a seller's slug or an organisation's key; `template` one of the pack's."""

    organisation: str
    template: str
    title: str
    tagline: str
    posts: tuple[DemoPost, ...]


@dataclass(frozen=True, slots=True)
class Demo:
    """A whole market, the same each time it is made."""

    sellers: tuple[DemoSeller, ...]
    products: tuple[DemoProduct, ...]
    offers: tuple[DemoOffer, ...]
    organisations: tuple[DemoOrganisation, ...]
    people: tuple[DemoPerson, ...]
    contacts: tuple[DemoContact, ...]
    searches: tuple[DemoSearch, ...]
    questions: tuple[DemoQuestion, ...]
    articles: tuple[DemoArticle, ...]
    pieces: tuple[Piece, ...]
    voices: tuple[DemoVoice, ...]
    tags: tuple[str, ...]
    notes: tuple[str, ...]
