"""A shelf without words: its best come by an index, its counts apart, and both tell of the same things."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from oportuno.kernel.money import Money
from oportuno.offer.search.api import put
from oportuno.offer.search.queries import hits
from oportuno.offer.search.tests.cast import WHEN, ask, found, product

pytestmark = pytest.mark.usefixtures("shelf")


def test_what_is_liked_comes_first_then_what_is_new() -> None:
    put(
        [
            product("vieja", "Vieja", categories=("liked",), published_at=WHEN),
            product("nueva", "Nueva", categories=("liked",), published_at=WHEN + timedelta(days=2)),
            product("querida", "Querida", categories=("liked",), published_at=WHEN - timedelta(days=9), popularity=0.9),
        ]
    )
    assert found(kind="product", category="liked") == ["querida", "nueva", "vieja"]
    assert found(kind="product", category="liked", sort="newest") == ["nueva", "vieja", "querida"]


def test_it_goes_from_cheap_to_dear_and_back_and_what_must_be_asked_for_comes_last() -> None:
    prices = {"cara": Money(900, "COP"), "barata": Money(100, "COP"), "preguntar": None}
    put([product(name, name, categories=("priced",), price=price) for name, price in prices.items()])
    assert found(kind="product", category="priced", sort="price") == ["barata", "cara", "preguntar"]
    assert found(kind="product", category="priced", sort="-price") == ["cara", "barata", "preguntar"]


def test_each_page_goes_on_where_the_last_ended() -> None:
    put([product(f"n{number}", "Una", categories=("long",)) for number in range(7)])
    pages = [found(kind="product", category="long", limit=3, after=after) for after in (0, 3, 6)]
    assert [len(page) for page in pages] == [3, 3, 1]
    assert len({one for page in pages for one in page}) == 7


def test_a_shelf_is_counted_up_to_a_limit_and_shows_its_best_from_beyond_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hits, "MOST", 3)
    put([product(f"n{number}", "Una", categories=("long",), popularity=number / 10) for number in range(7)])
    answer = ask(kind="product", category="long", limit=2)
    assert (answer.total, answer.more) == (3, True)
    assert [hit.id for hit in answer.items] == ["n6", "n5"]


@pytest.mark.parametrize(
    ("order", "index"),
    [
        ("popularity DESC, published_at DESC, id DESC", "search_document_liked"),
        ("price_minor NULLS LAST, id DESC", "search_document_cheap"),
    ],
)
def test_its_order_is_that_of_an_index(order: str, index: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute(f"EXPLAIN SELECT d.id FROM search_document d ORDER BY {order} LIMIT 24")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert index in plan
    assert "Sort" not in plan
