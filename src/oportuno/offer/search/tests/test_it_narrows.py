"""Criteria, counts and order."""

from __future__ import annotations

import pytest

from oportuno.kernel.errors import Refusal
from oportuno.kernel.money import Money
from oportuno.offer.search.api import Near, Query, from_address, put, search, to_address
from oportuno.offer.search.tests.cast import ask, found, product

pytestmark = pytest.mark.usefixtures("shelf")


def test_it_counts_every_facet_right() -> None:
    facets = ask(kind="product").facets
    assert {one.value: one.count for one in facets.values["color"]} == {"rojo": 2, "blanco": 2, "rosado": 1, "amarillo": 1}
    assert {one.value: one.count for one in facets.places} == {"bogota": 1, "medellin": 1}
    assert {one.value: one.count for one in facets.categories}["flores"] == 5
    assert (facets.in_stock, facets.certified) == (7, 1)
    assert sum(band.count for band in facets.prices) == 9


def test_it_keeps_the_other_values_of_a_chosen_facet_in_sight() -> None:
    answer = ask(kind="product", facets={"color": ("rojo",)})
    assert answer.total == 2
    colours = answer.facets.values["color"]
    assert {one.value: one.count for one in colours} == {"rojo": 2, "blanco": 2, "rosado": 1, "amarillo": 1}
    assert [one.value for one in colours if one.chosen] == ["rojo"]


def test_it_takes_any_value_of_one_facet_and_all_facets_together() -> None:
    assert set(found(facets={"color": ("rojo", "rosado")})) == {"rosas", "rosa", "peonias"}
    assert found(facets={"color": ("rojo", "rosado")}, category="eternas") == ["rosa"]


def test_it_narrows_by_price_in_one_currency() -> None:
    put([product("dolar", "Rosas de dólar", price=Money(100, "USD"))])
    assert set(found("rosas", most=Money(4_000_000, "COP"))) == {"florero"}
    assert found("rosas", least=Money(50, "USD")) == ["dolar"]


@pytest.mark.parametrize(
    ("wanted", "ids"), [({"certified": True}, {"rosas"}), ({"place": "BOGOTA"}, {"rosas"}), ({"seller": "nadie"}, set())]
)
def test_it_narrows_by_seal_place_and_seller(wanted: dict[str, object], ids: set[str]) -> None:
    answer = ask(kind="product", **wanted)
    assert (set() if answer.unmet else {hit.id for hit in answer.items}) == ids


def test_it_hides_what_is_not_in_stock_when_asked() -> None:
    assert "florero" in found("rosas")
    assert "florero" not in found("rosas", in_stock=True)


def test_it_measures_the_way() -> None:
    answer = ask(near=Near(4.70, -74.07, 30), sort="distance")
    assert [hit.id for hit in answer.items] == ["rosas"]
    assert answer.items[0].metres == pytest.approx(1_240, rel=0.02)
    assert any("km" in reason for reason in answer.items[0].why)


def test_it_sorts_by_price_both_ways_with_the_priceless_last() -> None:
    cheap = [hit.price.minor if hit.price else None for hit in ask(sort="price").items]
    assert cheap[:2] == [3_000_000, 5_000_000]
    assert cheap[-2:] == [None, None]
    assert ask(sort="-price").items[0].id == "corona"


def test_it_turns_pages_without_losing_or_repeating() -> None:
    pages = [found("flores rosas blancas", after=after, limit=2) for after in (0, 2, 4)]
    flat = [one for page in pages for one in page]
    assert len(flat) == len(set(flat))
    assert flat == found("flores rosas blancas", limit=6)


def test_it_looks_beyond_the_criteria_when_they_leave_nothing_and_says_so() -> None:
    answer = ask("girasol", place="Bogotá")
    assert (answer.relaxed, answer.total) == ("nearest", 0)
    assert answer.items[0].id == "girasol"


def test_its_addresses_ask_what_they_were_made_from() -> None:
    query = Query(
        text="rosas",
        kind="product",
        facets={"color": ("rojo",)},
        most=Money(100_000, "COP"),
        near=Near(4.7, -74.07, 10),
        sort="price",
        after=20,
    )
    parameters: dict[str, list[str]] = {}
    for name, value in to_address(query):
        parameters.setdefault(name, []).append(value)
    assert from_address(parameters) == query


@pytest.mark.parametrize(
    "wrong", [{"kind": ["boat"]}, {"sort": ["beauty"]}, {"page": ["0"]}, {"page": ["x"]}, {"most": ["9"]}, {"lat": ["north"], "lon": ["1"]}]
)
def test_it_refuses_an_address_that_makes_no_sense_and_says_which_part(wrong: dict[str, list[str]]) -> None:
    with pytest.raises(Refusal) as refusal:
        from_address(wrong)
    assert refusal.value.field


def test_a_search_of_one_kind_finds_only_that_kind() -> None:
    assert {hit.kind for hit in search(Query(text="flores", kind="seller")).items} == {"seller"}
