"""Asking the index for a page of results, and showing them as what they are now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.utils.translation import get_language

from oportuno.doors.marketplace.queries import cards, posts, writings
from oportuno.doors.marketplace.rules.asking import PAGE, Asked
from oportuno.kernel.errors import Refusal
from oportuno.offer.catalogue import api as catalogue
from oportuno.offer.directory import api as directory
from oportuno.offer.experts import api as experts
from oportuno.offer.glossary import api as glossary
from oportuno.offer.guides import api as guides
from oportuno.offer.knowledge import api as knowledge
from oportuno.offer.search import api as search
from oportuno.offer.sites import api as sites


@dataclass(frozen=True)
class Shown:
    """A result as it is now: its kind, its card, and what search says of it."""

    kind: str
    card: Any
    hit: search.Hit
    why: str


def question(asked: Asked, *, limit: int = PAGE, **fixed: Any) -> search.Query:
    """What the index is asked. `fixed` goes before what the address says."""
    language = get_language() or "es"
    try:
        query = search.from_address(_lists(asked), language=language, limit=limit)
    except Refusal:  # a currency that is none: the rest still makes sense
        query = search.from_address(_lists(asked.but(least="", most="", page=asked.page)), language=language, limit=limit)
    return replace(query, **fixed)


def _lists(asked: Asked) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in asked.parameters(without=("view",)):
        found.setdefault(name, []).append(value)
    return found


def shown(hits: Sequence[search.Hit]) -> list[Shown]:
    """Results as they are now, in their order. Who is not on show any more is left out, whatever the index still says.

    At most 16 queries for all three kinds, however many results.
    """
    products = {str(one.id): one for one in catalogue.products_by_id(_ids(hits, "product")) if one.seller}
    sellers = {str(key): one for key, one in (directory.seller_cards(_ids(hits, "seller")) if _ids(hits, "seller") else {}).items()}
    written = _written(hits)
    found = [_shown(hit, products.get(hit.id), sellers.get(hit.id), written.get(hit.id)) for hit in hits]
    return [one for one in found if one is not None]


def _written(hits: Sequence[search.Hit]) -> dict[str, writings.Writing]:
    """Articles of the knowledge centre, pages and posts of sites, questions, experts, guides and words of the glossary."""
    ids, marked = _ids(hits, "content"), [hit.id for hit in hits if hit.kind == "content"]
    found = {key: writings.of_mark(key, one) for key, one in experts.found_writings(marked).items()}
    found |= {key: writings.of_guide(key, one) for key, one in guides.found_guides(marked).items()}
    found |= {key: writings.of_term(key, one) for key, one in glossary.found_terms(marked).items()}
    if not ids:
        return found
    articles = [writings.of_article(one) for one in knowledge.cards(knowledge.articles_with(ids))]
    return found | {one.slug: one for one in (*articles, *(posts.writing(one) for one in sites.shown_entries(ids)))}


def _ids(hits: Sequence[search.Hit], kind: str) -> list[UUID]:
    found = []
    for hit in hits:
        if hit.kind == kind:
            try:
                found.append(UUID(hit.id))
            except ValueError:
                continue
    return found


def _shown(hit: search.Hit, product: Any, seller: Any, writing: writings.Writing | None) -> Shown | None:
    why = cards.sentence(hit.why)
    if product is not None:
        return Shown("product", cards.product(product, hit), hit, why)
    if seller is not None:
        return Shown("seller", cards.seller(seller, why), hit, why)
    return Shown("content", writing, hit, why) if writing is not None else None
