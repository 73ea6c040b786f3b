"""Stock moves one unit at a time, never below nothing, and every movement stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Conflict, NotFound, Refusal
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.testing.together import together
from oportuno.offer.catalogue import api
from oportuno.offer.catalogue.models import Offer, Stock, StockMovement
from oportuno.offer.catalogue.testing import bring_text, of, some_product
from oportuno.offer.search import api as search
from oportuno.people.organisations.testing import Actor


@pytest.mark.django_db(transaction=True)
def test_it_sells_ten_units_to_ten_of_twenty_buyers_at_once(alba: Actor) -> None:
    offer = some_product(alba)
    organisation = of(alba).pk
    with for_organisation(organisation):
        api.count_stock(offer=offer.pk, on_hand=10, at=now())

    def buy() -> int | None:
        try:
            with for_organisation(organisation):
                return api.adjust_stock(offer=offer.pk, change=-1, reason="sale", at=now())
        except Conflict:
            return None

    left = [one for one in together([buy] * 20) if one is not None]
    assert sorted(left) == list(range(10))
    with for_organisation(organisation):
        assert Stock.objects.get().on_hand == 0
        assert Offer.objects.get(pk=offer.pk).on_hand == 0
        assert sum(StockMovement.objects.values_list("change", flat=True)) == 0
    assert set(api.catalogue_invariants().values()) == {0}


@pytest.mark.django_db
def test_it_keeps_the_sum_of_variants_on_the_product(alba: Actor) -> None:
    with for_organisation(of(alba).pk):
        main = api.create_product(
            words=api.Words(title_es="Camisa"),
            listing=api.Listing(sku="C"),
            forms=[api.Form(options={"Talla": "M"}, sku="C-M", on_hand=3), api.Form(options={"Talla": "L"}, sku="C-L", on_hand=4)],
            by=alba.person.pk,
            at=now(),
        )
        medium = Offer.objects.get(sku="C-M")
        assert api.adjust_stock(offer=medium.pk, change=-2, reason="sale", at=now()) == 1
        assert Offer.objects.get(pk=main.pk).on_hand == 5
        with pytest.raises(Refusal):
            api.adjust_stock(offer=main.pk, change=1, reason="arrival", at=now())


@pytest.mark.django_db
def test_it_refuses_more_than_there_is_and_leaves_no_trace(alba: Actor) -> None:
    offer = some_product(alba)
    with for_organisation(of(alba).pk):
        api.count_stock(offer=offer.pk, on_hand=2, at=now())
        with pytest.raises(Conflict):
            api.adjust_stock(offer=offer.pk, change=-3, reason="sale", at=now())
        assert Stock.objects.get().on_hand == 2
        assert StockMovement.objects.count() == 1


@pytest.mark.django_db
def test_it_never_changes_a_movement(alba: Actor) -> None:
    offer = some_product(alba)
    with for_organisation(of(alba).pk):
        api.count_stock(offer=offer.pk, on_hand=2, at=now())
        with pytest.raises(Exception, match="permission denied"):
            StockMovement.objects.update(change=5)


@pytest.mark.django_db
def test_it_does_not_let_gala_count_albas_stock(alba: Actor, gala: Actor) -> None:
    offer = some_product(alba)
    with for_organisation(of(gala).pk), pytest.raises(NotFound):
        api.count_stock(offer=offer.pk, on_hand=99, at=now())
    with for_organisation(of(alba).pk):
        assert not Stock.objects.exists()


@pytest.mark.django_db
def test_it_tells_lists_when_the_last_one_went(approved: Actor) -> None:
    offer = some_product(approved)
    with for_organisation(of(approved).pk):
        api.count_stock(offer=offer.pk, on_hand=1, at=now())
        api.adjust_stock(offer=offer.pk, change=-1, reason="sale", at=now())
    api.feed_search([offer.product_id])
    assert [card.in_stock for card in api.products_by_id([offer.product_id])] == [False]
    assert [hit.in_stock for hit in search.search(search.Query(text="rosa", kind="product")).items] == [False]


@pytest.mark.django_db
@pytest.mark.parametrize("without", ["hashjoin", "mergejoin, nestloop", "hashjoin, mergejoin", "hashjoin, nestloop"])
def test_it_tells_the_difference_however_the_database_joins(alba: Actor, shelves: api.Shelves, tmp_path: Path, without: str) -> None:
    """An import that changes stock leaves a movement of the difference, whatever plan the planner likes today."""
    with connection.cursor() as cursor:
        for way in without.split(", "):
            cursor.execute(f"SET LOCAL enable_{way} = off")
    for on_hand in (40, 3, 1000, 0):
        bring_text(alba, tmp_path, f"SKU,Título en español,Existencias\nA,Rosa,{on_hand}\nB,Clavel,7\n")
    with for_organisation(of(alba).pk):
        moved = StockMovement.objects.filter(offer__sku="A").order_by("at", "id").values_list("change", "after")
        assert sorted(moved) == sorted([(40, 40), (-37, 3), (997, 1000), (-1000, 0)])
    assert set(api.catalogue_invariants().values()) == {0}
