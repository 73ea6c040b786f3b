"""Products, sellers and points of sale inside of pages and posts: shown while their owners are, offered to who may show them."""

from __future__ import annotations

import json
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from oportuno.doors.marketplace.testing import SmallMarket
from oportuno.kernel.clock import now
from oportuno.kernel.content import read, render_html, render_mjml, render_text
from oportuno.kernel.isolation import for_market, for_organisation, for_public
from oportuno.offer.directory import api as directory
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db


def html(*blocks: dict[str, str], language: str = "es") -> str:
    with for_public():
        return render_html(read({"blocks": list(blocks)}), language=language)


def product(market: SmallMarket, sku: str) -> dict[str, str]:
    return {"type": "product", "product": str(market.products[sku].pk)}


def seller_of(actor: Actor) -> directory.Seller:
    assert actor.organisation
    with for_market("a test looks for a seller", organisation=actor.organisation.pk):
        found = directory.seller_of(actor.organisation.pk)
    assert found
    return found


def suspend(market: SmallMarket, actor: Actor) -> UUID:
    found = seller_of(actor)
    assert market.dario.organisation
    with for_organisation(market.dario.organisation.pk):
        directory.suspend_seller(seller=found.pk, reason="Papeles vencidos", by=market.dario.member, at=now())
    return found.pk


def test_a_product_stands_in_a_piece_with_its_price_and_leads_to_the_market(small_market: SmallMarket) -> None:
    drawn = html(product(small_market, "ROSA-1"))
    assert f'href="{settings.ORIGIN}{small_market.product("ROSA-1")}"' in drawn
    assert "COP" in drawn
    assert "Flores de Alba" in drawn
    assert "Ver el producto" in drawn
    english = html(product(small_market, "ROSA-1"), language="en")
    assert f'href="{settings.ORIGIN}/en{small_market.product("ROSA-1")}"' in english
    document = read({"blocks": [product(small_market, "ROSA-1")]})
    with for_public():
        assert 'css-class="card"' in render_mjml(document, language="es", base="https://market.example")
        assert small_market.product("ROSA-1") in render_text(document, language="es")


def test_what_a_suspended_seller_offers_leaves_every_piece_at_once(small_market: SmallMarket) -> None:
    found = seller_of(small_market.alba)
    with for_public():
        point = directory.points_of(found)[0]
    blocks = [product(small_market, "TALLER-1"), {"type": "seller", "seller": str(found.pk)}, {"type": "map", "point": str(point.pk)}]
    assert "Taller de Inés" in html(blocks[0])
    assert "Flores de Alba" in html(blocks[1])
    assert "data-lat=" in html(blocks[2])
    suspend(small_market, small_market.alba)
    suspend(small_market, small_market.ines)
    assert html(*blocks) == ""
    assert "Viveros Gala" in html(product(small_market, "ROSA-1"))  # what others offer too stays, in their name
    assert small_market.alba.organisation
    with for_organisation(small_market.alba.organisation.pk):  # not even in her own editor
        assert render_html(read({"blocks": blocks}), language="es") == ""


def test_each_sort_is_asked_for_once_for_a_whole_document(small_market: SmallMarket) -> None:
    every = [{"type": "product", "product": str(one.pk)} for one in small_market.products.values()]
    with for_public(), CaptureQueriesContext(connection) as one:
        render_html(read({"blocks": every[:1]}), language="es")
    with for_public(), CaptureQueriesContext(connection) as many:
        render_html(read({"blocks": every * 5}), language="es")
    assert len(many) <= len(one) + 1  # of products without a picture no picture is asked for


def test_the_editor_offers_ones_own_and_to_the_operator_all_that_is_shown(small_market: SmallMarket) -> None:
    def offered(who: Actor, path: str) -> set[str]:
        return {one["title"] for one in json.loads(who.get(who.desk(path)).content)["results"]}

    mine, theirs = offered(small_market.alba, "productos/eleccion/"), offered(small_market.gala, "productos/eleccion/")
    assert mine
    assert theirs
    assert not mine & theirs or mine != theirs
    assert offered(small_market.dario, "productos/eleccion/") >= mine | theirs
    assert offered(small_market.alba, "eleccion/vendedores/") == {"Flores de Alba"}
    assert {"Flores de Alba", "Viveros Gala"} <= offered(small_market.dario, "eleccion/vendedores/")
    assert offered(small_market.alba, "eleccion/puntos/")
    assert small_market.gala.get(small_market.alba.desk("productos/eleccion/")).status_code == 404
