"""What programs get when they search."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from oportuno.kernel.clock import now
from oportuno.offer.search.api import Document, Texts, put

pytestmark = pytest.mark.django_db


def rose(key: str = "1", **fields: object) -> Document:
    words = {"es": Texts(title="Rosa roja de 60 cm")}
    given = {
        "key": f"product:{key}",
        "kind": "product",
        "organisation": 1,
        "url": f"/productos/rosa-{key}/",
        "texts": words,
        "updated_at": now(),
    }
    return Document(**{**given, **fields})


def ask(**query: object) -> dict[str, object]:
    answer = Client().get("/api/v1/search", query)
    assert answer.status_code == 200, answer.content
    return json.loads(answer.content)


def test_it_answers_with_results_facets_and_a_total() -> None:
    put([rose("1"), rose("2")])
    found = ask(q="rosas rojas")
    assert found["total"] == 2
    first = found["results"][0]
    assert (first["kind"], first["title"]) == ("product", "Rosa roja de 60 cm")
    assert set(first) == {"id", "kind", "title", "url", "seller", "sku", "price", "score", "why"}
    assert {"value": "product", "count": 2} in found["facets"]["kind"]


def test_it_gives_pages_that_do_not_overlap() -> None:
    put([rose(str(n)) for n in range(5)])
    pages = [ask(q="rosa", limit=2, page=n) for n in (1, 2, 3)]
    ids = [one["id"] for page in pages for one in page["results"]]
    assert len(ids) == len(set(ids)) == 5
    assert [page["next"] for page in pages] == [2, 3, None]


@pytest.mark.parametrize("query", [{"limit": 0}, {"limit": 101}, {"page": 0}, {"page": "x"}, {"kind": "person"}, {"q": "x" * 2001}])
def test_it_says_in_a_problem_document_what_is_wrong(query: dict[str, object]) -> None:
    answer = Client().get("/api/v1/search", query)
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    problem = json.loads(answer.content)
    assert problem["errors"][0]["pointer"].endswith(f"/{next(iter(query))}")


def test_it_describes_itself() -> None:
    described = json.loads(Client().get("/api/v1/openapi.json").content)
    assert described["openapi"].startswith("3.1")
    assert "/api/v1/search" in described["paths"]
