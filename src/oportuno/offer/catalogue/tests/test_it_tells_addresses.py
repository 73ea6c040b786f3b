"""Maps of the market list every product on show once, in parts; addresses name products to be compared."""

from __future__ import annotations

import pytest

from oportuno.offer.catalogue import api
from oportuno.offer.catalogue.testing import some_product
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def slugs(approved: Actor) -> list[str]:
    """Five products on show, the oldest first, and one that is hidden."""
    some_product(approved, sku="HIDDEN", title="Escondida", active=False)
    shown = [some_product(approved, sku=f"R-{n}", title=f"Rosa {n}").product_id for n in range(5)]
    return [api.products_by_id([one])[0].slug for one in shown]


def test_it_lists_every_product_on_show_once(slugs: list[str]) -> None:
    listed, after = [], None
    for _part in range(9):
        listed += [slug for slug, _changed in api.product_addresses(after, 2)]
        after = api.last_of_products(after, 2)
        if after is None:
            break
    assert listed == slugs


def test_it_has_no_empty_last_part(slugs: list[str]) -> None:
    assert api.last_of_products(None, 5) is None


def test_it_compares_what_an_address_names_in_its_order(slugs: list[str]) -> None:
    named = [slugs[3], "no-such-product", slugs[1]]
    assert [card.slug for card in api.compare_named(named).cards] == [slugs[3], slugs[1]]
