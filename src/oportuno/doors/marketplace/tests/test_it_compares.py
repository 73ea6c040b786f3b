"""Products side by side: whose word each value is, what sets them apart first, and what a guide asked for on top."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest
from django.test import Client

from oportuno.doors.marketplace.queries import comparing
from oportuno.doors.marketplace.testing import SmallMarket, refresh, small_market
from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_market, for_public
from oportuno.offer.directory import api as directory
from oportuno.offer.guides.testing import ROSES, asks, option, question, show_guide

__all__ = ["small_market"]
pytestmark = pytest.mark.django_db
MARK = {"es": "Cadena de frío", "en": "Cold chain"}


def vouch(market: SmallMarket, key: str = "cold_chain", *, days: int = 90) -> None:
    """The market vouches for Alba in one more thing."""
    with for_market("a test"):
        one = directory.Certification.objects.filter(seller__slug="flores-de-alba").first()
        assert one is not None
        one.pk = None
        one._state.adding = True
        one.id = directory.Certification._meta.get_field("id").get_default()
        one.key, one.title, one.evidence_kind, one.published = key, MARK, "document", True
        one.granted_at, one.expires_at = now() - timedelta(days=10), now() + timedelta(days=days)
        one.save(force_insert=True)
    refresh(market)


def page(client: Client, market: SmallMarket, *skus: str, more: str = "", language: str = "") -> str:
    slugs = "&".join(f"p={market.products[sku].slug}" for sku in skus)
    answer = client.get(f"{language}/comparar/?{slugs}{more}")
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def lines(market: SmallMarket, *skus: str) -> dict[str, tuple[str, list[str]]]:
    with for_public():
        found = comparing.compare([market.products[sku].slug for sku in skus])
        return {row.label: (group.title, [cell.words for cell in row.cells]) for group in found.groups for row in group.rows}


def test_it_says_what_the_market_verified_until_when_and_what_is_only_said(small_market: SmallMarket, client: Client) -> None:
    vouch(small_market)
    found = page(client, small_market, "ROSA-1", "SUCULENTA-1")
    assert "Lo que verificó el mercado" in found
    assert "Cadena de frío" in found
    assert "El Mercado · Documento" in found
    assert "hasta" in found
    assert "Solo la palabra del vendedor" in found


def test_it_puts_first_what_sets_them_apart(small_market: SmallMarket, client: Client) -> None:
    told = lines(small_market, "ROSA-1", "ROSA-2")
    assert told["Precio"][0] == "Lo que dicen los vendedores"
    assert told["Especie"][0] == "Igual en todos"
    assert told["Color"][0] == "Lo que dicen los vendedores"


def test_it_forgets_what_the_market_vouched_for_on_the_day_it_ends(small_market: SmallMarket, client: Client) -> None:
    vouch(small_market, days=-1)
    assert "Cadena de frío" not in page(client, small_market, "ROSA-1", "SUCULENTA-1")


def test_it_answers_the_guide_that_led_here_on_top(small_market: SmallMarket, client: Client) -> None:
    show_guide(small_market.dario, now())
    more = "&guia=que-rosa&r.flor=rosas&r.color=rojo&r.precio=poco"
    found = page(client, small_market, "ROSA-1", "ROSA-2", more=more)
    assert found.index("Lo que pediste") < found.index("Lo que dicen los vendedores")
    with for_public():
        from django.http import QueryDict

        shown = comparing.compare([small_market.products[sku].slug for sku in ("ROSA-1", "ROSA-2")], comparing.led_by(QueryDict(more[1:])))
        asked = {row.label: [cell.met for cell in row.cells] for row in shown.groups[0].rows}
    assert asked == {"¿Flor? Rosas": [True, True], "¿Color? Rojo": [True, False], "¿Precio? Poco": [True, True]}


def test_it_says_where_nobody_says(small_market: SmallMarket, client: Client) -> None:
    content = {"questions": [question("vida", option("larga", asks("fragrance", "intenso")), option("igual"))]}
    show_guide(small_market.dario, now(), title="Vida", content=content)
    assert "Su vendedor no lo dice" in page(client, small_market, "ROSA-1", "ROSA-2", more="&guia=vida&r.vida=larga")


def test_it_compares_without_a_guide_that_is_not_there(small_market: SmallMarket, client: Client) -> None:
    assert "Lo que pediste" not in page(client, small_market, "ROSA-1", "ROSA-2", more="&guia=no-hay&r.flor=rosas")
    assert ROSES


def test_it_leaves_out_who_is_not_on_show(small_market: SmallMarket, client: Client) -> None:
    with for_market("a test"):
        directory.Seller.objects.filter(slug="flores-de-alba").update(published=False)
    found = page(client, small_market, "ROSA-2", "SUCULENTA-1")
    assert "Flores de Alba" not in found
    assert "Suculenta" in found


def test_it_compares_in_english(small_market: SmallMarket, client: Client) -> None:
    found = page(client, small_market, "ROSA-1", "ROSA-2", language="/en")
    assert "What sellers say" in found
    assert "Only the seller's word" in found
