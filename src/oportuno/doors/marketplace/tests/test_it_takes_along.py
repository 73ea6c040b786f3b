"""A dossier: what was compared as a document, by an address, without an account."""

from __future__ import annotations

from html import unescape
from uuid import UUID

import pytest
from django.test import Client

from oportuno.doors.marketplace.testing import SmallMarket, small_market
from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_market
from oportuno.kernel.jobs import JOBS, Lease
from oportuno.offer.directory import api as directory
from oportuno.offer.guides import api as guides
from oportuno.offer.guides.testing import show_guide

__all__ = ["small_market"]
pytestmark = pytest.mark.django_db
OWN = {"HTTP_ORIGIN": "http://testserver"}
WALK = {"guia": "que-rosa", "r.flor": "rosas", "r.color": "rojo", "r.precio": "poco"}


def begin(client: Client, market: SmallMarket, *skus: str, **more: str) -> str:
    """The address of the dossier."""
    answer = client.post("/dossiers/", {"p": [market.products[sku].slug for sku in skus], **more}, **OWN)
    assert answer.status_code == 302, answer.status_code
    return str(answer["Location"])


def key(address: str) -> UUID:
    return UUID(address.strip("/").rpartition("/")[2])


def make(address: str, market: SmallMarket) -> None:
    """As the worker does it."""
    lease = Lease(0, 0, market.dario.member.organisation.pk, "guides.print_dossier")
    JOBS["guides.print_dossier"].run(lease, dossier=str(key(address)))


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return unescape(answer.content.decode())


def test_it_makes_a_document_of_a_guide_s_comparison(small_market: SmallMarket, client: Client) -> None:
    show_guide(small_market.dario, now())
    address = begin(client, small_market, "ROSA-1", "ROSA-2", **WALK)
    waiting = page(client, address)
    assert "se está haciendo" in waiting
    assert 'data-hx-trigger="every 2s"' in waiting
    assert "Ver si ya está" in waiting, "without scripts one asks oneself"
    assert client.get(f"{address}dossier.pdf").status_code == 404
    make(address, small_market)
    assert "Descargar el PDF" in page(client, address)
    made = client.get(f"{address}dossier.pdf")
    assert made["Content-Type"] == "application/pdf"
    assert "attachment" in made["Content-Disposition"]
    assert made.content.startswith(b"%PDF")


def test_it_tells_reasons_sources_and_whose_word_it_is(small_market: SmallMarket, client: Client) -> None:
    show_guide(small_market.dario, now())
    told = guides.read_dossier(guides.dossier_for(key(begin(client, small_market, "ROSA-1", "ROSA-2", **WALK))).told)
    assert told.reasons[0].sources == (("Libro de rosas", ""),)
    assert [one.title for one in told.things] == ["Rosa roja Freedom 1", "Rosa blanca Freedom 2"]
    price = next(line for section in told.sections for line in section.lines if line.label == "Precio")
    assert price.values[0].note.startswith("su vendedor, ")
    assert not price.values[0].vouched
    assert told.whole.endswith("guia=que-rosa&r.flor=rosas&r.color=rojo&r.precio=poco")


def test_it_makes_one_document_for_a_crowd_that_compares_the_same(small_market: SmallMarket, client: Client) -> None:
    assert begin(client, small_market, "ROSA-1", "ROSA-2") == begin(client, small_market, "ROSA-1", "ROSA-2")
    assert begin(client, small_market, "ROSA-1", "ROSA-3") != begin(client, small_market, "ROSA-1", "ROSA-2")


def test_it_hands_out_nothing_of_a_seller_who_was_hidden_since(small_market: SmallMarket, client: Client) -> None:
    address = begin(client, small_market, "ROSA-2", "SUCULENTA-1")
    make(address, small_market)
    with for_market("a test"):
        directory.Seller.objects.filter(slug="flores-de-alba").update(published=False)
    gone = page(client, address, 410)
    assert "Rosa" not in gone
    assert "Flores de Alba" not in gone
    assert client.get(f"{address}dossier.pdf").status_code == 404


def test_it_makes_nothing_for_strangers_pages_nor_of_nothing(small_market: SmallMarket, client: Client) -> None:
    slug = small_market.products["ROSA-1"].slug
    assert client.post("/dossiers/", {"p": slug}, HTTP_ORIGIN="https://elsewhere.example").status_code == 403
    assert client.post("/dossiers/", {"p": "no-hay"}, **OWN).status_code == 404
    hidden = small_market.products["HUGO-1"].slug
    assert client.post("/dossiers/", {"p": hidden}, **OWN).status_code == 404
    with for_market("a test"):
        assert not guides.Dossier.objects.exists()


def test_it_sets_hostile_words_as_words(small_market: SmallMarket, client: Client) -> None:
    hostile = '#read("/etc/passwd") $x$ <b> `#panic()`'
    with for_market("a test"):
        directory.Seller.objects.filter(slug="flores-de-alba").update(trade_name=hostile)
    address = begin(client, small_market, "ROSA-2", "CLAVEL-1")
    make(address, small_market)
    assert client.get(f"{address}dossier.pdf").content.startswith(b"%PDF")
    assert hostile in page(client, address)
