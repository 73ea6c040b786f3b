"""A small market of flowers: Alba is vetted and on show, Gala has applied and waits."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from oportuno.doors.marketplace.api import show_pack
from oportuno.doors.marketplace.middleware import SHELF
from oportuno.doors.marketplace.queries.packs import forget_pack
from oportuno.doors.marketplace.testing import open_shelf, small_market
from oportuno.kernel import packs
from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.money import Money
from oportuno.offer.catalogue import api as catalogue
from oportuno.offer.catalogue.testing import shelves
from oportuno.offer.directory import api as directory
from oportuno.offer.directory.testing import fill_in, flores, make_seller
from oportuno.people.organisations.testing import Actor

__all__ = ["flores", "open_shelf", "shelves", "small_market"]
GALAS = "Peonía secreta de Gala"


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    """No page and no vertical of an earlier test."""
    SHELF.clear()
    forget_pack()
    yield
    SHELF.clear()
    forget_pack()


@pytest.fixture
def market(flores: packs.Pack, shelves: catalogue.Shelves, alba: Actor, gala: Actor, dario: Actor) -> catalogue.Offer:
    """The vertical is shown; Alba sells a rose, Gala's peony waits with her. Answers Alba's offer."""
    show_pack(pack=flores, at=now())
    make_seller(alba, dario)
    rose = sell(alba, "ROSA-1", "Rosa roja Freedom")
    application = fill_in(gala.member, now())
    with for_organisation(gala.member.organisation.pk):
        directory.submit_application(by=gala.member, at=now())
    assert application
    sell(gala, "PEONIA-1", GALAS)
    return rose


def sell(actor: Actor, sku: str, title: str, **words: Any) -> catalogue.Offer:
    """A rose of the actor's, at 45,000 pesos, found by search if it is on show."""
    said = catalogue.Words(title_es=title, category="rosas", attributes={"species": "rosa", "colour": "rojo", "packing": "docena"}, **words)
    listing = catalogue.Listing(sku=sku, prices=[Money(4_500_000, "COP")])
    with for_organisation(actor.member.organisation.pk):
        offer = catalogue.create_product(words=said, listing=listing, by=actor.person.pk, at=now(), on_hand=7)
    catalogue.feed_search([offer.product_id])
    return offer


def address(actor: Actor, offer: catalogue.Offer) -> str:
    """Where the product of an offer is shown."""
    with for_organisation(actor.member.organisation.pk):
        return f"/productos/{catalogue.Product.objects.get(pk=offer.product_id).slug}/"


def body(client: Client, path: str, **extra: Any) -> str:
    """What a page says; it must be there."""
    answer = client.get(path, **extra)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def told(html: str) -> list[dict[str, Any]]:
    """The page's JSON-LD, read as machines do."""
    return [json.loads(one) for one in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)]
