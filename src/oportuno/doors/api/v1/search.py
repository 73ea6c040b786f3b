"""Searching the market."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils.translation import get_language
from ninja import Query as InQuery
from ninja import Router, Schema

from oportuno.doors.api.keys import anybody
from oportuno.doors.api.pace import ANYBODY
from oportuno.doors.api.shapes import PUBLIC, Amount, amount
from oportuno.offer.search import api as search

router = Router(tags=["search"], auth=None, throttle=[ANYBODY])
LAST_PAGE = 100


class ResultOut(Schema):
    id: str
    kind: Literal["product", "seller", "content"]
    title: str
    url: str
    seller: str
    sku: str
    price: Amount | None
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


@router.get("/search", response={200: SearchOut, **PUBLIC}, url_name="search", summary="Search products, sellers and content")
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


class SuggestionOut(Schema):
    """One line while somebody types. `url` leads to the thing itself; empty: search for the text."""

    kind: str
    text: str
    url: str
    detail: str


class SuggestionsOut(Schema):
    suggestions: list[SuggestionOut]


@router.get("/suggestions", response={200: SuggestionsOut, **PUBLIC}, url_name="suggestions", summary="Complete what somebody types")
@anybody
def suggestions(
    request: HttpRequest,
    q: Annotated[str, InQuery(max_length=200, description="what was typed so far")] = "",
    limit: Annotated[int, InQuery(ge=1, le=20)] = 8,
) -> SuggestionsOut:
    found = search.suggest(q, limit, language=get_language() or "es")
    return SuggestionsOut(suggestions=[SuggestionOut(kind=x.kind, text=x.text, url=x.url, detail=x.detail) for x in found])


def _result(hit: search.Hit) -> dict[str, Any]:
    return {
        "id": hit.id,
        "kind": hit.kind,
        "title": hit.title,
        "url": hit.url,
        "seller": hit.seller_slug,
        "sku": hit.sku,
        "price": amount(hit.price),
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
