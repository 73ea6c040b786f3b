"""The YAML files under a pack's `demo/`, as they are written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from ..words import Country, Currency, Noun, Number, Slug, Text, Words
from .nouns import VettingState

Span = Annotated[str, Field(pattern=r"^\d\d:\d\d-\d\d:\d\d$")]


class HoursSpec(Noun):
    week: Span
    saturday: Span | None = None
    sunday: Span | None = None


class PointSpec(Noun):
    name: Words
    address: Words
    city: Words | None = None
    latitude: Annotated[float, Field(ge=-90, le=90)]
    longitude: Annotated[float, Field(ge=-180, le=180)]
    hours: HoursSpec


class SellerSpec(Noun):
    slug: Slug
    name: Words
    country: Country
    region: Words
    city: Words
    municipality: Annotated[str, Field(pattern=r"^\d{5}$")] | None = None
    sectors: Annotated[tuple[Slug, ...], Field(min_length=1)]
    founded: int
    tax_number: Words
    phone: Annotated[str, Field(pattern=r"^\+\d{10,14}$")]
    currency: Currency
    vetting: VettingState
    vetting_note: Text | None = None
    certifications: tuple[str, ...] = ()
    milestones: int
    joined_days_ago: int
    answers_in_hours: int
    serves: tuple[Words, ...]
    difference: Text
    story: Text
    sells: Mapping[Slug, int]
    points: Annotated[tuple[PointSpec, ...], Field(min_length=1)]


class SellersFile(Noun):
    sellers: tuple[SellerSpec, ...]


class ColourWords(Noun):
    m: Words
    f: Words
    en: Words


class NameSpec(Noun):
    name: Words | Text
    colour: Slug | None = None
    attributes: Mapping[str, object] = Field(default_factory=dict)
    says: Text | None = None
    count: int | None = None
    size_label: Text | None = None
    picture: str | None = None
    gender: Literal["m", "f"] | None = None


class Recipe(Noun):
    """`axes` are crossed with the names; `variants` is one attribute whose values one offer sells side by side."""

    key: Slug
    category: Slug
    picture: str
    gender: Literal["m", "f"]
    title: Text
    names: Annotated[tuple[NameSpec, ...], Field(min_length=1)]
    axes: Mapping[str, tuple[str | int, ...]] = Field(default_factory=dict)
    factors: Mapping[str, float] = Field(default_factory=dict)
    variants: Mapping[str, tuple[str | int, ...]] = Field(default_factory=dict)
    step: float = 1.16
    attributes: Mapping[str, object] = Field(default_factory=dict)
    stems: Mapping[str, int] = Field(default_factory=dict)
    price: tuple[float, float]
    stock: tuple[int, int] | None = None
    quote: Annotated[float, Field(ge=0, le=1)] = 0.0
    shared: bool = False
    says: Annotated[tuple[Text, ...], Field(min_length=2)]


class ProductsFile(Noun):
    rates: Mapping[Currency, Number]
    rounding: Mapping[Currency, Number]
    colours: Mapping[Slug, ColourWords]
    sayings: Mapping[Slug, Text]
    recipes: tuple[Recipe, ...]


class RoleSpec(Noun):
    organisation: Slug | None = None
    role: Slug


class PersonSpec(Noun):
    key: Slug
    name: Words
    language: str = "es"
    about: Text
    roles: tuple[RoleSpec, ...]


class OrganisationSpec(Noun):
    key: Slug
    kind: Literal["operator", "partner", "professional", "ally"]
    name: Words
    country: Country
    about: Text


class SearchSpec(Noun):
    words: Words
    language: Literal["es", "en"] = "es"
    place: Words | None = None
    times: int
    met: bool = True


class QuestionSpec(Noun):
    seller: Slug
    asker: Words
    asks: Text
    answer: Text | None = None
    days_ago: int


class ContactLists(Noun):
    count: int
    first_names: tuple[Words, ...]
    last_names: tuple[Words, ...]
    sources: tuple[Words, ...]
    cities: Mapping[Country, tuple[Words, ...]]
    tags: Annotated[tuple[Words, ...], Field(min_length=2)]
    notes: Annotated[tuple[Words, ...], Field(min_length=1)]


class PeopleFile(Noun):
    organisations: tuple[OrganisationSpec, ...]
    people: tuple[PersonSpec, ...]
    contacts: ContactLists
    searches: tuple[SearchSpec, ...]
    questions: tuple[QuestionSpec, ...]


class ArticleSpec(Noun):
    slug: Slug
    seller: Slug
    title: Text
    body: Text
    tags: tuple[Words, ...]
    categories: tuple[Slug, ...] = ()
    days_ago: int


class ArticlesFile(Noun):
    articles: tuple[ArticleSpec, ...]


class PostSpec(Noun):
    """A post of a blog, in Spanish. `body` as in sites.yaml."""

    title: str
    body: str
    category: str = ""
    tags: tuple[str, ...] = ()
    days_ago: int


class VoiceSpec(Noun):
    """A site made from a template of the pack. `organisation`: a seller's slug, or a key of people.yaml."""

    organisation: Slug
    template: Slug
    title: str = ""
    tagline: str = ""
    posts: tuple[PostSpec, ...] = ()


class VoicesFile(Noun):
    sites: tuple[VoiceSpec, ...] = ()
