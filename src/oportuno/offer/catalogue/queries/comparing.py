"""Products side by side: what is said of each, by whom, and when it was said last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from oportuno.offer.catalogue.models import Offer, Product, Variant
from oportuno.offer.catalogue.queries.cards import ProductCard, as_anybody, products_by_id
from oportuno.offer.catalogue.queries.product_page import attributes_of
from oportuno.offer.catalogue.rules.attributes import told

MOST = 4


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms one seller offers a product. `at`: when it said so last."""

    organisation: int
    lead_days: int | None
    minimum: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is said of each product: `key` of the category's attribute, empty for a free detail."""

    key: str
    label: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Products side by side; lines all of them leave empty are not there.

    `answers` are values by attribute, those of its forms too; `terms` of each seller that shows it, and `at`: when the product was
    described last. All of them in the order of the cards.
    """

    cards: tuple[ProductCard, ...]
    lines: tuple[Line, ...]
    answers: tuple[Mapping[str, Sequence[Any]], ...]
    terms: tuple[Sequence[Terms], ...]
    at: tuple[datetime, ...]


@as_anybody
def compare(ids: Sequence[UUID]) -> Comparison:
    """Up to four products on show. Three queries beside those of their cards."""
    cards = products_by_id(list(dict.fromkeys(ids))[:MOST])
    products = Product.objects.in_bulk([card.id for card in cards])
    said = [{(one.key, one.label): one.value for one in attributes_of(products[card.id], card.category)} for card in cards]
    named = list(dict.fromkeys(name for one in said for name in one))
    terms = _terms(list(products))
    return Comparison(
        tuple(cards),
        tuple(Line(*name, tuple(one.get(name, "") for one in said)) for name in named),
        tuple(_answers(cards, products)),
        tuple(terms.get(card.id, ()) for card in cards),
        tuple(products[card.id].updated_at for card in cards),
    )


@as_anybody
def compare_named(slugs: Sequence[str]) -> Comparison:
    """Up to four products on show, in the order of their slugs in the address; others are left out."""
    ids = dict(Product.objects.filter(slug__in=slugs, published=True).values_list("slug", "pk"))
    return compare([ids[slug] for slug in slugs if slug in ids])


def _answers(cards: Sequence[ProductCard], products: Mapping[UUID, Product]) -> list[dict[str, list[Any]]]:
    options: dict[UUID, set[tuple[str, str]]] = {}
    for product, given in Variant.objects.filter(product_id__in=products, published=True).values_list("product_id", "options"):
        options.setdefault(product, set()).update((str(name), str(value)) for name, value in given)
    return [
        {
            one.key: answer
            for one in (card.category.asks if card.category else ())
            if (answer := told(one, products[card.id].attributes.get(one.key), options.get(card.id, ())))
        }
        for card in cards
    ]


def _terms(products: Sequence[UUID]) -> dict[UUID, list[Terms]]:
    found: dict[UUID, list[Terms]] = {}
    rows = Offer.objects.filter(product_id__in=products, published=True, variant_id__isnull=True).order_by("id")
    for row in rows:
        found.setdefault(row.product_id, []).append(Terms(row.organisation_id, row.lead_days, row.minimum, row.updated_at))
    return found
