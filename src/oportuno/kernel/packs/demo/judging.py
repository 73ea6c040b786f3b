"""Graded searches of the demo market: what people type, and how well each thing answers (0 to 3).

Grades are written as rules ("roses that are red: 3; other roses: 1") and resolved against the demo, so that they
stay true when the demo grows. Where several rules fit, the highest grade counts; what no rule names is 0.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, model_validator

from ..pack import Pack
from ..reading import read_as
from ..words import Country, Noun, Slug, Words
from .nouns import Demo, DemoProduct, DemoSeller


class ProductRule(Noun):
    """All that is named must fit; of a list, any. `title` words are looked for without accents or case."""

    category: tuple[Slug, ...] = ()
    recipe: tuple[Slug, ...] = ()
    attributes: Mapping[str, tuple[str | bool | int, ...]] = Field(default_factory=dict)
    least: Mapping[str, int] = Field(default_factory=dict)
    most: Mapping[str, int] = Field(default_factory=dict)
    title: tuple[Words, ...] = ()
    sellers: tuple[Slug, ...] = ()
    country: tuple[Country, ...] = ()
    city: tuple[Words, ...] = ()


class SellerRule(Noun):
    slugs: tuple[Slug, ...] = ()
    sector: tuple[Slug, ...] = ()
    city: tuple[Words, ...] = ()
    country: tuple[Country, ...] = ()
    recipe: tuple[Slug, ...] = ()


class Rule(Noun):
    grade: Annotated[int, Field(ge=1, le=3)]
    product: ProductRule | None = None
    seller: SellerRule | None = None
    articles: tuple[Slug, ...] = ()

    @model_validator(mode="after")
    def _names_something(self) -> Rule:
        if sum((self.product is not None, self.seller is not None, bool(self.articles))) != 1:
            raise ValueError("a rule grades products, sellers or articles: name one of them")
        return self


class Query(Noun):
    q: Words
    kind: Literal["product", "seller", "content"] | None = None
    language: Literal["es", "en"] = "es"
    rules: Annotated[tuple[Rule, ...], Field(min_length=1)]


class QueriesFile(Noun):
    queries: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class DemoQuery:
    """`kind` None: the one box, everything searched. Grades are keyed "product:KEY", "seller:SLUG", "content:SLUG"."""

    words: str
    kind: str | None
    language: str
    grades: Mapping[str, int]


def graded_queries(pack: Pack, demo: Demo) -> tuple[DemoQuery, ...]:
    file = read_as(pack.folder / "demo" / "search_queries.yaml", QueriesFile)
    market = _Market(pack, demo)
    return tuple(DemoQuery(one.q, one.kind, one.language, market.grades(one)) for one in file.queries)


def relevance(pack: Pack, demo: Demo) -> dict[str, dict[str, int]]:
    """{query: {document key: grade}}, without the zeros."""
    return {one.words: dict(one.grades) for one in graded_queries(pack, demo)}


class _Market:
    """What buyers can see of the demo: an unvetted seller, and what only it offers, is not there."""

    def __init__(self, pack: Pack, demo: Demo) -> None:
        self.pack = pack
        self.sellers = {one.slug: one for one in demo.sellers if one.vetting == "approved"}
        self.articles = {one.slug for one in demo.articles if one.seller in self.sellers}
        self.offered_by: dict[str, list[DemoSeller]] = {}
        self.values: dict[str, dict[str, set[object]]] = {}
        for offer in demo.offers:
            if offer.seller in self.sellers:
                self.offered_by.setdefault(offer.product, []).append(self.sellers[offer.seller])
                for variant in offer.variants:
                    for key, value in variant.attributes.items():
                        self.values.setdefault(offer.product, {}).setdefault(key, set()).add(value)
        self.products = [one for one in demo.products if one.key in self.offered_by]

    def grades(self, query: Query) -> dict[str, int]:
        found: dict[str, int] = {}
        for rule in query.rules:
            for key in self._fitting(rule):
                found[key] = max(rule.grade, found.get(key, 0))
        return found if query.kind is None else {key: grade for key, grade in found.items() if key.startswith(query.kind)}

    def _fitting(self, rule: Rule) -> Iterator[str]:
        if rule.product is not None:
            yield from (f"product:{one.key}" for one in self.products if self._product_fits(one, rule.product))
        if rule.seller is not None:
            yield from (f"seller:{one.slug}" for one in self.sellers.values() if _seller_fits(one, rule.seller))
        yield from (f"content:{slug}" for slug in rule.articles if slug in self.articles)

    def _product_fits(self, product: DemoProduct, rule: ProductRule) -> bool:
        path = self.pack.category(product.category).path
        sellers = self.offered_by[product.key]
        title = _plain(f"{product.title.es} {product.title.en}")
        return (
            (not rule.category or any(slug in path for slug in rule.category))
            and (not rule.recipe or product.recipe in rule.recipe)
            and (not rule.title or any(_plain(word) in title for word in rule.title))
            and any(_seller_fits(one, SellerRule(slugs=rule.sellers, country=rule.country, city=rule.city)) for one in sellers)
            and all(not set(values).isdisjoint(self._values(product, key)) for key, values in rule.attributes.items())
            and all(any(_number(v) >= least for v in self._values(product, key)) for key, least in rule.least.items())
            and all(any(_number(v) <= most for v in self._values(product, key)) for key, most in rule.most.items())
        )

    def _values(self, product: DemoProduct, key: str) -> set[object]:
        """Values of the product and of its variants; of several choices, each."""
        if (varied := self.values.get(product.key, {}).get(key)) is not None:
            return varied
        value = product.attributes.get(key)
        return set(value) if isinstance(value, tuple) else set() if value is None else {value}


def _seller_fits(seller: DemoSeller, rule: SellerRule) -> bool:
    places = {seller.city, *seller.serves}
    return (
        (not rule.slugs or seller.slug in rule.slugs)
        and (not rule.sector or not set(rule.sector).isdisjoint(seller.sectors))
        and (not rule.city or not set(rule.city).isdisjoint(places))
        and (not rule.country or seller.country in rule.country)
        and (not rule.recipe or not set(rule.recipe).isdisjoint(seller.sells))
    )


def _number(value: object) -> float:
    return float(value) if isinstance(value, (int, float)) else float("nan")


def _plain(words: str) -> str:
    return unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
