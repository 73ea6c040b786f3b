"""What a browser remembers of products: the market only answers their cards, the same to whoever asks, and only what is on show."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from oportuno.doors.marketplace.testing import SmallMarket
from oportuno.doors.marketplace.tests.conftest import body
from oportuno.offer.directory import api as directory

pytestmark = pytest.mark.django_db


def slug(market: SmallMarket, sku: str) -> str:
    return market.product(sku).strip("/").rpartition("/")[2]


def shown(stranger: Client, slugs: list[str], language: str = "") -> list[str]:
    answer = stranger.get(f"{language}/productos/vistos/", {"p": slugs})
    assert answer["X-Robots-Tag"] == "noindex"
    return re.findall(rf'href="{language}/productos/([^"]+)/"', answer.content.decode())


def test_it_answers_cards_in_the_order_that_was_asked(stranger: Client, small_market: SmallMarket) -> None:
    rose, course = slug(small_market, "ROSA-1"), slug(small_market, "TALLER-1")
    assert shown(stranger, [course, "nothing-like-it", rose, course]) == [course, rose]
    assert shown(stranger, [rose], "/en") == [rose]
    assert shown(stranger, []) == []


def test_pages_for_everybody_hold_nothing_of_it(stranger: Client, small_market: SmallMarket) -> None:
    for address in ("/", small_market.product("ROSA-1"), f"/en{small_market.product('ROSA-1')}"):
        page = body(stranger, address)
        section = page[page.index("data-seen=") : page.index("data-seen-cards")]
        assert " hidden>" in section
        assert "product-card" not in section


def test_it_leaves_out_what_is_not_on_show_any_more(stranger: Client, small_market: SmallMarket) -> None:
    course = slug(small_market, "TALLER-1")
    assert shown(stranger, [course]) == [course]
    seller = directory.published_seller(small_market.ines.organisation.slug)
    directory.suspend_seller(seller=seller.pk, reason="Se revisa una queja.", by=small_market.dario.member, at=seller.changed_at)
    assert shown(stranger, [course]) == []
