"""Asking the index for a page of results, and showing them as what they are now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.utils.translation import get_language

from oportuno.doors.marketplace.queries import articles, cards
from oportuno.doors.marketplace.rules.asking import PAGE, Asked
from oportuno.kernel.errors import Refusal
from oportuno.kernel.money import Money
from oportuno.offer.catalogue import api as catalogue
from oportuno.offer.directory import api as directory
from oportuno.offer.search import api as search


@dataclass(frozen=True)
class Shown:
    """A result as it is now: its kind, its card, and what search says of it."""

    kind: str
    card: Any
    hit: search.Hit
    why: str


def question(asked: Asked, *, limit: int = PAGE, **fixed: Any) -> search.Query:
    """What the index is asked. `fixed` goes before what the address says."""
    near = search.Near(asked.lat, asked.lon, float(asked.km)) if asked.lat is not None and asked.lon is not None else None
    return search.Query(
        **{
            "text": asked.text,
            "kind": asked.kind or None,
            "language": get_language() or "es",
            "category": asked.category,
            "facets": asked.facets,
            "least": money(asked.least, asked.currency),
            "most": money(asked.most, asked.currency),
            "seller": asked.seller,
            "country": asked.country,
            "place": asked.place,
            "near": near,
            "certified": asked.certified,
            "in_stock": asked.in_stock,
            "sort": asked.sort,
            "after": (asked.page - 1) * limit,
            "limit": limit,
            "exact": asked.exact,
            **fixed,
        }
    )


def money(amount: str, currency: str) -> Money | None:
    """An amount as an address says it; None for nothing, or what is none."""
    if not amount or not currency:
        return None
    try:
        return Money.of(Decimal(amount), currency)
    except (Refusal, InvalidOperation, ValueError):
        return None


def shown(hits: Sequence[search.Hit]) -> list[Shown]:
    """Results as they are now, in their order. Who is not on show any more is left out, whatever the index still says.

    At most 15 queries for all three kinds, however many results.
    """
    products = {str(one.id): one for one in catalogue.products_by_id(_ids(hits, "product"))}
    sellers = {str(key): one for key, one in (directory.seller_cards(_ids(hits, "seller")) if _ids(hits, "seller") else {}).items()}
    slugs = [hit.id for hit in hits if hit.kind == "content"]
    written = {one.slug: one for one in (articles.articles_named(slugs) if slugs else [])}
    found = [_shown(hit, products.get(hit.id), sellers.get(hit.id), written.get(hit.id)) for hit in hits]
    return [one for one in found if one is not None]


def _ids(hits: Sequence[search.Hit], kind: str) -> list[UUID]:
    found = []
    for hit in hits:
        if hit.kind == kind:
            try:
                found.append(UUID(hit.id))
            except ValueError:
                continue
    return found


def _shown(hit: search.Hit, product: Any, seller: Any, article: Any) -> Shown | None:
    why = cards.sentence(hit.why)
    if product is not None:
        return Shown("product", cards.product(product, hit), hit, why)
    if seller is not None:
        return Shown("seller", cards.seller(seller, why), hit, why)
    return Shown("content", articles.writing(article), hit, why) if article is not None else None
