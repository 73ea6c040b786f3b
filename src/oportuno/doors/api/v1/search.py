"""Searching the market."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils.translation import get_language
from ninja import Query as InQuery
from ninja import Router, Schema

from oportuno.doors.api.keys import ANYBODY, anybody
from oportuno.offer.search import api as search

router = Router(tags=["search"])
LAST_PAGE = 100


class PriceOut(Schema):
    """An exact amount: `amount` is a decimal number as text."""

    amount: str
    currency: str


class ResultOut(Schema):
    id: str
    kind: Literal["product", "seller", "content"]
    title: str
    url: str
    seller: str
    sku: str
    price: PriceOut | None
    score: float
    why: list[str]


class CountOut(Schema):
    value: str
    count: int


class SearchOut(Schema):
    """`total` is exact up to 10,000. `correction` is the question as it was probably meant."""

    results: list[ResultOut]
    facets: dict[str, list[CountOut]]
    total: int
    page: int
    next: int | None
    correction: str


@router.get("/search", response=SearchOut, auth=None, throttle=[ANYBODY], url_name="search", summary="Search products, sellers and content")
@anybody
def ask(
    request: HttpRequest,
    q: Annotated[str, InQuery(max_length=2000, description="words or a whole question")] = "",
    kind: Annotated[Literal["product", "seller", "content"] | None, InQuery()] = None,
    limit: Annotated[int, InQuery(ge=1, le=100)] = 20,
    page: Annotated[int, InQuery(ge=1, le=LAST_PAGE)] = 1,
) -> Any:
    """One page of results, best first. The same question gives the same order."""
    wanted = search.Query(text=q, kind=kind, limit=limit, after=(page - 1) * limit, language=get_language() or "es")
    found = search.search(wanted)
    return {
        "results": [_result(hit) for hit in found.items],
        "facets": _facets(found.facets),
        "total": found.total,
        "page": page,
        "next": page + 1 if found.next is not None and page < LAST_PAGE else None,
        "correction": found.correction,
    }


def _result(hit: search.Hit) -> dict[str, Any]:
    price = {"amount": str(hit.price.amount), "currency": hit.price.currency} if hit.price else None
    return {
        "id": hit.id,
        "kind": hit.kind,
        "title": hit.title,
        "url": hit.url,
        "seller": hit.seller_slug,
        "sku": hit.sku,
        "price": price,
        "score": hit.score,
        "why": list(hit.why),
    }


def _facets(facets: search.Facets) -> dict[str, list[dict[str, Any]]]:
    named = {
        "kind": facets.kinds,
        "category": facets.categories,
        "seller": facets.sellers,
        "place": facets.places,
        "country": facets.countries,
    }
    every = {**named, **facets.values}
    counts = {name: [{"value": one.value, "count": one.count} for one in values] for name, values in every.items() if values}
    counts["certified"] = [{"value": "yes", "count": facets.certified}]
    counts["in_stock"] = [{"value": "yes", "count": facets.in_stock}]
    return counts
