"""A visitor looks for something, and finds it, or is told that nobody has it."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from oportuno.doors.marketplace.testing import SmallMarket, react, refresh
from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation
from oportuno.offer.search import api as search


def cards(answer: object) -> list[str]:
    """Names on the cards of a page, in order."""
    return re.findall(r'<h[234]><a href="[^"]*">([^<]+)</a></h[234]>', answer.content.decode())


def test_it_finds_a_seller_by_sector_and_place(stranger: Client, small_market: SmallMarket) -> None:
    assert cards(stranger.get("/vendedores/")) == ["Flores de Alba", "Taller de Inés", "Viveros Gala"]
    assert cards(stranger.get("/vendedores/floristerias/")) == ["Flores de Alba", "Viveros Gala"]
    assert cards(stranger.get("/vendedores/floristerias/?place=MX")) == ["Viveros Gala"]
    assert cards(stranger.get("/vendedores/floristerias/?lat=6.15&lon=-75.37&km=20")) == ["Flores de Alba"]


def test_it_offers_each_sector_with_the_count_it_leads_to(stranger: Client, small_market: SmallMarket) -> None:
    page = stranger.get("/vendedores/").content.decode()
    links = re.findall(r'<a href="\?sector=([a-z]+)"[^>]*>.*?<span class="facet-count">(\d+)</span>', page)
    assert dict(links) == {"floristerias": "2", "viveros": "1", "escuelas": "1"}
    for slug, count in links:
        assert len(cards(stranger.get(f"/vendedores/?sector={slug}"))) == int(count)


def test_it_finds_products_sellers_and_articles_in_one_box(stranger: Client, small_market: SmallMarket) -> None:
    answer = stranger.get("/buscar/", {"q": "rosas"})
    kinds = {one.kind for one in answer.context["shown"]}
    assert answer.status_code == 200
    assert {"product", "content"} <= kinds
    assert "Cómo cuidar rosas" in answer.content.decode()


def test_it_says_why_each_result_is_there(stranger: Client, small_market: SmallMarket) -> None:
    page = stranger.get("/buscar/", {"q": "rosa roja", "kind": "product"}).content.decode()
    assert page.count('<details class="why">') == len(cards_of_products(page)) > 0


def cards_of_products(page: str) -> list[str]:
    return re.findall(r'<article class="product-card', page)


def test_it_narrows_by_what_the_address_says_and_each_chip_takes_itself_away(stranger: Client, small_market: SmallMarket) -> None:
    answer = stranger.get("/buscar/", {"kind": "product", "category": "claveles", "in_stock": "1"})
    assert sorted(cards(answer)) == ["Clavel rojo 1", "Clavel rojo 2"]
    assert [chip.label for chip in answer.context["chips"]] == ["Productos", "Claveles y miniclaveles", "Disponible ahora"]
    without = answer.context["chips"][2].href
    assert len(cards(stranger.get(f"/buscar/{without}"))) == 3


def test_it_keeps_a_broken_address_readable(stranger: Client, small_market: SmallMarket) -> None:
    answer = stranger.get("/buscar/?q=rosa&page=zero&least=mucho&currency=%F0%9F%92%90&lat=north&sort=up&a.=1&kind=ship&km=-3")
    assert answer.status_code == 200
    assert "Rosa roja" in answer.content.decode()


def test_it_gives_htmx_only_the_results(stranger: Client, small_market: SmallMarket) -> None:
    part = stranger.get("/buscar/", {"q": "rosa"}, headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div id="results"')
    assert "<html" not in part


def test_it_mends_what_was_typed_in_a_hurry(stranger: Client, small_market: SmallMarket) -> None:
    page = stranger.get("/buscar/", {"q": "clabeles", "kind": "product"}).content.decode()
    assert "Clavel rojo 1" in page


def test_it_offers_the_nearest_and_to_be_told_when_nobody_has_it(stranger: Client, small_market: SmallMarket) -> None:
    answer = stranger.get("/buscar/", {"q": "xilófono"})
    page = answer.content.decode()
    assert "Nadie ofrece “xilófono” todavía" in page
    assert answer.context["shown"], "the nearest things are shown"
    assert 'href="/mi-cuenta/busquedas/nueva/?q=xil%C3%B3fono"' in page


@pytest.mark.django_db(transaction=True)
def test_it_counts_what_was_asked_in_vain(stranger: Client, small_market: SmallMarket) -> None:
    stranger.get("/buscar/", {"q": "xilófono"})
    stranger.get("/buscar/", {"q": "rosa"})
    react("search.count_demand")
    assert search.unmet_count() == 1


def test_it_maps_what_it_found(stranger: Client, small_market: SmallMarket) -> None:
    answer = stranger.get("/buscar/", {"kind": "product", "view": "map"})
    assert [one.name for one in answer.context["places"]] == ["Flores de Alba · Punto de Alba", "Viveros Gala · Punto de Gala"]


def test_it_sorts_by_price(stranger: Client, small_market: SmallMarket) -> None:
    found = cards(stranger.get("/buscar/", {"kind": "product", "seller": "flores-de-alba", "sort": "-price"}))
    assert found[0] == "Rosa rosada Freedom 4"


def test_it_lists_a_category_with_its_attributes(stranger: Client, small_market: SmallMarket) -> None:
    answer = stranger.get("/categorias/flores-cortadas/")
    assert len(cards(answer)) == 7
    assert cards(stranger.get("/categorias/flores-cortadas/rosas/?a.species=clavel")) != cards(
        stranger.get("/categorias/flores-cortadas/rosas/")
    )
    assert stranger.get("/categorias/rosas/").headers["Location"] == "/categorias/flores-cortadas/rosas/"
    assert stranger.get("/categorias/nada/").status_code == 404


def test_it_turns_the_pages_of_a_seller(stranger: Client, small_market: SmallMarket) -> None:
    with for_organisation(small_market.gala.member.organisation.pk):
        from oportuno.offer.catalogue import api as catalogue

        for number in range(20):
            catalogue.create_product(
                words=catalogue.Words(title_es=f"Cactus {number}"),
                listing=catalogue.Listing(sku=f"C{number}"),
                by=small_market.gala.person.pk,
                at=now(),
            )
    refresh(small_market)
    first = stranger.get("/v/viveros-gala/")
    second = stranger.get(f"/v/viveros-gala/{first.context['next']}")
    assert len(first.context["products"]) == 12
    assert not {one.href for one in first.context["products"]} & {one.href for one in second.context["products"]}
