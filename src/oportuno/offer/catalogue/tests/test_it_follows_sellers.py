"""What a seller offers shows exactly while the seller does; and what anybody may see of it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from oportuno.kernel.clock import now
from oportuno.kernel.errors import NotFound
from oportuno.kernel.facts import loop
from oportuno.kernel.isolation import for_market, for_organisation, for_public
from oportuno.kernel.packs import Pack
from oportuno.offer.catalogue import api
from oportuno.offer.catalogue.actions import feeding
from oportuno.offer.catalogue.models import Offer, OfferPrice, Product, Stock
from oportuno.offer.catalogue.testing import bring_text, of, some_product
from oportuno.offer.directory import api as directory
from oportuno.offer.directory.testing import make_seller
from oportuno.offer.search import api as search
from oportuno.people.organisations.testing import Actor

FILE = "SKU,Título en español,Categoría,Precio,Existencias,Código de barras (GTIN),Atributo: colour\nA,Rosa roja Freedom,rosas,45000,7,7702004003508,rojo\n"


def slug(actor: Actor) -> str:
    with for_organisation(of(actor).pk):
        return Product.objects.get(pk=Offer.objects.get(sku="A").product_id).slug


@pytest.mark.django_db
def test_it_shows_nothing_of_a_seller_nobody_approved(alba: Actor, shelves: api.Shelves, tmp_path: Path) -> None:
    bring_text(alba, tmp_path, FILE)
    with for_public():
        assert not any(model.objects.exists() for model in (Product, Offer, OfferPrice, Stock))
        assert api.newest() == []
        with pytest.raises(NotFound):
            api.product_page("rosa-roja-freedom", now())


@pytest.mark.django_db(transaction=True)
def test_it_appears_and_vanishes_with_its_seller(alba: Actor, dario: Actor, flores: Pack, shelves: api.Shelves, tmp_path: Path) -> None:
    bring_text(alba, tmp_path, FILE)
    make_seller(alba, dario)
    loop.ensure_cursors()
    loop.read_all(now)
    page = api.product_page(slug(alba), now())
    assert (page.title, page.price and page.price.minor, page.in_stock) == ("Rosa roja Freedom", 4_500_000, True)
    [offer] = page.offers
    assert (offer.seller.name, offer.on_hand, offer.price and offer.price.amount.minor) == ("Flores de Alba", 7, 4_500_000)
    assert ("colour", "Red") in [(one.key, one.value) for one in page.attributes]
    assert search.count(kind="product") == 1
    with for_organisation(of(dario).pk):
        seller = directory.published_seller(of(alba).slug)
        directory.suspend_seller(seller=seller.pk, reason="Se mudó sin avisar.", by=dario.member, at=now())
    loop.read_all(now)
    with pytest.raises(NotFound):
        api.product_page(slug(alba), now())
    assert api.newest() == []
    assert search.count(kind="product") == 0
    assert set(api.catalogue_invariants().values()) == {0}


@pytest.mark.django_db(transaction=True)
def test_it_is_found_as_anothers_when_who_wrote_it_is_hidden(
    alba: Actor, gala: Actor, dario: Actor, flores: Pack, shelves: api.Shelves, tmp_path: Path
) -> None:
    for one in (alba, gala):
        make_seller(one, dario)
    bring_text(alba, tmp_path, FILE)
    with for_organisation(of(gala).pk):
        api.join_product(named="7702004003508", listing=api.Listing(sku="G"), by=gala.person.pk, at=now())
        own = Offer.objects.get(sku="G")
        api.set_active(offers=[own.pk], active=True, by=None, at=now())
    with for_organisation(of(dario).pk):
        seller = directory.published_seller(of(alba).slug)
        directory.suspend_seller(seller=seller.pk, reason="Se mudó sin avisar.", by=dario.member, at=now())
    loop.ensure_cursors()
    loop.read_all(now)
    assert [search.count(organisation=of(one).pk, kind="product") for one in (alba, gala)] == [0, 1]
    with for_market("a test"):
        assert directory.found_against_standing() == 0


@pytest.mark.django_db
def test_it_lists_all_sellers_of_a_product_on_one_page(approved: Actor, gala: Actor, dario: Actor, tmp_path: Path) -> None:
    make_seller(gala, dario)
    bring_text(approved, tmp_path, FILE)
    with for_organisation(of(gala).pk):
        api.join_product(named="7702004003508", listing=api.Listing(sku="G"), by=gala.person.pk, at=now())
    page = api.product_page(slug(approved), now())
    assert {one.seller.slug for one in page.offers} == {"flores-de-alba", "viveros-gala"}
    assert api.newest()[0].sellers == 2
    with for_organisation(of(approved).pk):
        api.set_active(offers=[Offer.objects.get(sku="A").pk], active=False, by=None, at=now())
    assert [one.seller.slug for one in api.product_page(page.slug, now()).offers] == [
        "viveros-gala"
    ]  # the page stays while anybody offers it
    assert set(api.catalogue_invariants().values()) == {0}


@pytest.mark.django_db
def test_it_answers_by_seller_category_and_filter(approved: Actor, tmp_path: Path) -> None:
    bring_text(approved, tmp_path, FILE + "".join(f"B-{i},Rosa blanca {i},rosas,100,0,,blanco\n" for i in range(30)))
    first = api.products_of_seller("flores-de-alba")
    rest = api.products_of_seller("flores-de-alba", first.after)
    assert (len(first.cards), len(rest.cards), rest.after) == (24, 7, None)
    assert len(api.products_in_category("flores-cortadas", {}).cards) == 24
    assert [one.title for one in api.products_in_category("flores-cortadas/rosas", {"colour": ["rojo"]}).cards] == ["Rosa roja Freedom"]
    assert [one.title for one in api.products_in_category("rosas", {"in_stock": ["1"]}).cards] == ["Rosa roja Freedom"]
    assert api.products_in_category("no-existe").cards == ()
    ids = [one.id for one in first.cards[:2]]
    assert [one.id for one in api.compare(ids).cards] == ids


@pytest.mark.django_db
def test_it_begins_and_ends_an_offer_by_the_clock(approved: Actor) -> None:
    from datetime import timedelta

    from oportuno.kernel.isolation import for_market
    from oportuno.kernel.money import Money

    offer = some_product(approved, prices=[Money(10_000, "COP")])
    start = now()
    with for_organisation(of(approved).pk):
        api.put_price(
            offer=offer,
            amount=Money(8_000, "COP"),
            starts=start + timedelta(hours=1),
            ends=start + timedelta(hours=2),
            by=approved.person.pk,
            at=start,
        )
        seen = [Offer.objects.get(pk=offer.pk).price_minor]
    for hours in (1, 2):
        with for_market("the clock"):
            api.turn_prices(at=start + timedelta(hours=hours, minutes=1))
        with for_organisation(of(approved).pk):
            seen.append(Offer.objects.get(pk=offer.pk).price_minor)
    assert seen == [10_000, 8_000, 10_000]


@pytest.mark.django_db(transaction=True)
def test_a_writer_who_had_begun_before_does_not_put_a_suspended_seller_back(
    alba: Actor, dario: Actor, flores: Pack, shelves: api.Shelves, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_text(alba, tmp_path, FILE)
    seller = make_seller(alba, dario)
    with for_organisation(of(alba).pk):
        api.follow_seller(of(alba).pk, at=now())
        product = Offer.objects.get(sku="A").product_id
    has_read, may_write = threading.Event(), threading.Event()
    write = feeding.search.put

    def slowly(documents: list[search.Document]) -> int:
        has_read.set()
        assert may_write.wait(30)
        return write(documents)

    monkeypatch.setattr(feeding.search, "put", slowly)
    writer = threading.Thread(target=closing, args=[lambda: api.feed_search([product])])
    writer.start()
    assert has_read.wait(30)
    operator = dario.member
    suspending = threading.Thread(
        target=closing,
        args=[lambda: directory.suspend_seller(seller=seller.pk, reason="Se revisa una queja.", by=operator, at=now())],
    )
    suspending.start()
    while suspending.is_alive() and not somebody_waits():
        suspending.join(0.02)
    may_write.set()
    writer.join(30)
    suspending.join(30)
    assert search.count(kind="product") == 0


def closing(act: Callable[[], object]) -> None:
    try:
        act()
    finally:
        connection.close()


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
        return bool(cursor.fetchone()[0])
