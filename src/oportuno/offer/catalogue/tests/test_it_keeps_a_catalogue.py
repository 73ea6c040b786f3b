"""The seller's own pages of a product: nothing typed is lost, what was taken away comes back, and others' things stay theirs."""

from __future__ import annotations

import io
import re
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from oportuno.kernel.clock import now
from oportuno.kernel.errors import NotFound
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.offer.catalogue import api
from oportuno.offer.catalogue.actions.pictures import attach_pictures
from oportuno.offer.catalogue.models import Offer, Product, ProductFile, ProductPicture, Stock, Variant
from oportuno.offer.catalogue.testing import of, some_product
from oportuno.offer.directory.api import SaidPoint, open_point
from oportuno.offer.directory.testing import make_seller
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db


def photo(name: str = "rosa.png", colour: str = "red") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), "image/png")


def typed(**more: Any) -> dict[str, Any]:
    """What somebody writes into the form of a product."""
    return {"title_es": "Rosa", "kind": "good", "sku": "R", "minimum": "1", "condition": "new", "active": "on", **more}


def test_it_keeps_uploaded_pictures_when_something_else_is_wrong(approved: Actor) -> None:
    broken = SimpleUploadedFile("mala.png", b"nothing", "image/png")
    refused = approved.post(approved.desk("productos/nuevo/"), typed(sku="", pictures=[photo(), broken]))
    assert refused.status_code == 422
    assert b"mala.png" in refused.content
    kept = re.findall(r'name="kept_picture" value="([0-9a-f-]{36})"', refused.content.decode())
    assert len(kept) == 1
    with for_organisation(of(approved).pk):
        assert not Product.objects.exists()
    approved.post(approved.desk("productos/nuevo/"), typed(kept_picture=kept, pictures=[photo("b.png", "blue")]))
    with for_organisation(of(approved).pk):
        assert list(ProductPicture.objects.order_by("position").values_list("picture_id", flat=True))[:1] == [UUID(kept[0])]
        assert ProductPicture.objects.count() == 2


def test_it_does_not_attach_another_sellers_picture(approved: Actor, gala: Actor) -> None:
    gala.post(gala.desk("productos/nuevo/"), typed(sku="G", pictures=[photo()]))
    with for_organisation(of(gala).pk):
        theirs = ProductPicture.objects.get().picture_id
    approved.post(approved.desk("productos/nuevo/"), typed(kept_picture=[theirs]))
    with for_organisation(of(approved).pk):
        product = Product.objects.get()
        assert not ProductPicture.objects.exists()
    with for_market("a test, for whom the database has no lock", organisation=of(approved).pk):
        assert attach_pictures(product=product, pictures=[theirs], by=None, at=now()) == []


def test_it_puts_pictures_back_where_they_stood(approved: Actor) -> None:
    approved.post(
        approved.desk("productos/nuevo/"), typed(pictures=[photo("a.png", "red"), photo("b.png", "blue"), photo("c.png", "green")])
    )
    with for_organisation(of(approved).pk):
        offer = Offer.objects.get()
        before = list(ProductPicture.objects.order_by("position").values_list("picture_id", flat=True))
        rows = [str(pk) for pk in ProductPicture.objects.order_by("position").values_list("pk", flat=True)]
    address = approved.desk(f"productos/{offer.pk}/imagenes/")
    approved.post(address, {"picture_id": rows, "remove": rows[0], f"position_{rows[1]}": "2", f"position_{rows[2]}": "3"})
    with for_organisation(of(approved).pk):
        assert ProductPicture.objects.count() == 2
    approved.post(address, {"restore": "1"})
    with for_organisation(of(approved).pk):
        assert list(ProductPicture.objects.order_by("position").values_list("picture_id", flat=True)) == before


def test_a_picture_that_only_repeats_a_title_is_called_as_the_reader_reads_it(approved: Actor, stranger: Client) -> None:
    pictures = [photo("a.png", "red"), photo("b.png", "blue")]
    approved.post(approved.desk("productos/nuevo/"), typed(title_es="Rosa blanca", title_en="White rose", pictures=pictures))
    with for_organisation(of(approved).pk):
        slug = Product.objects.get().slug
        rows = list(ProductPicture.objects.order_by("position"))
        ProductPicture.objects.filter(pk=rows[0].pk).update(alt="Rosa blanca")
        ProductPicture.objects.filter(pk=rows[1].pk).update(alt="El capullo, de cerca")
    told = stranger.get(f"/en/productos/{slug}/").content.decode()
    assert 'alt="White rose' in told
    assert 'alt="El capullo, de cerca"' in told
    assert 'alt="Rosa blanca' not in told


def test_its_lists_are_in_the_language_of_who_keeps_them(approved: Actor) -> None:
    approved.post(approved.desk("productos/nuevo/"), typed(title_es="Rosa blanca", title_en="White rose", on_hand="3"))
    some_product(approved, sku="SOLO-ES", title="Clavel rojo")
    for page in ("productos/", "existencias/", "existencias/movimientos/"):
        here = approved.get(approved.desk(page)).content.decode()
        there = approved.get(f"/en{approved.desk(page)}").content.decode()
        assert ("Rosa blanca" in here, "White rose" in here) == (True, False), page
        assert ("Rosa blanca" in there, "White rose" in there) == (False, True), page
    assert "Clavel rojo" in approved.get(f"/en{approved.desk('productos/')}").content.decode()


def test_it_makes_every_combination_once(approved: Actor) -> None:
    offer = some_product(approved)
    address = approved.desk(f"productos/{offer.pk}/variantes/")
    said = {"combinations": "Largo: 50 cm, 60 cm\nColor: rojo, blanco", "combination_price_amount": "12.500"}
    for _ in range(2):
        assert approved.post(address, said).status_code == 302
    with for_organisation(of(approved).pk):
        assert sorted(map(str, Variant.objects.all())) == ["50 cm · blanco", "50 cm · rojo", "60 cm · blanco", "60 cm · rojo"]
        assert set(Offer.objects.filter(variant_id__isnull=False).values_list("price_minor", flat=True)) == {1_250_000}
    many = {"combinations": "\n".join(f"O{n}: a, b, c, d, e" for n in range(3))}
    refused = approved.post(address, many)
    assert "125" in refused.content.decode()
    with for_organisation(of(approved).pk):
        assert Variant.objects.count() == 4


def test_it_copies_a_product_hidden_and_without_stock(approved: Actor) -> None:
    offer = some_product(approved)
    with for_organisation(of(approved).pk):
        api.put_variant(offer=offer, form=api.Form(options={"Talla": "M"}, sku="M", on_hand=4), by=approved.person.pk, at=now())
    answer = approved.post(approved.desk(f"productos/{offer.pk}/copias/"))
    with for_organisation(of(approved).pk):
        copied = Offer.objects.exclude(pk=offer.pk).get(variant_id__isnull=True)
        assert str(copied.pk) in answer.headers["Location"]
        assert (copied.sku, copied.active, copied.published, copied.on_hand) == ("ROSA-1-2", False, False, None)
        assert Variant.objects.filter(product_id=copied.product_id).count() == 1
        assert sum(Stock.objects.values_list("on_hand", flat=True)) == 4
    assert set(api.catalogue_invariants().values()) == {0}


def test_it_archives_and_brings_back(approved: Actor) -> None:
    offer = some_product(approved)
    with for_organisation(of(approved).pk):
        api.put_variant(offer=offer, form=api.Form(options={"Talla": "M"}, sku="ROSA-1-M"), by=approved.person.pk, at=now())
    approved.post(approved.desk("productos/cambios/"), {"selected": [str(offer.pk)], "do": "archive"})
    for list_ in ("productos/", "existencias/"):
        assert b"ROSA-1" not in approved.get(approved.desk(list_)).content
    assert b"ROSA-1" in approved.get(approved.desk("productos/"), {"state": "archived"}).content
    assert api.products_by_id([offer.product_id]) == []
    with for_organisation(of(approved).pk):
        change = api.last_change()
        assert change is not None
        api.undo(change=change.pk, by=approved.person.pk, at=now())
    assert [card.id for card in api.products_by_id([offer.product_id])] == [offer.product_id]


def test_it_moves_many_to_a_category_and_back(approved: Actor) -> None:
    offer = some_product(approved)
    with for_organisation(of(approved).pk):
        change = api.change_category(offers=[offer.pk], category="rosas", by=approved.person.pk, at=now())
        assert Offer.objects.get(pk=offer.pk).category_id == api.shelves().by_slug["rosas"].id
        assert api.undo(change=change.pk, by=approved.person.pk, at=now()) == 1
        assert Product.objects.get().category_id is None


def test_it_exports_what_the_list_shows(approved: Actor) -> None:
    some_product(approved)
    some_product(approved, sku="CLAVEL", title="Clavel")
    answer = Client.get(approved.client, approved.desk("exportaciones/jsonl/"), {"q": "clavel"})
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert [line for line in lines if '"CLAVEL"' in line] == lines


def test_it_hands_a_file_out_while_its_product_is_on_show(approved: Actor, gala: Actor, dario: Actor) -> None:
    offer = some_product(approved)
    sheet = SimpleUploadedFile("ficha.pdf", b"%PDF-1.4\n%%EOF", "application/pdf")
    approved.post(approved.desk(f"productos/{offer.pk}/archivos/"), {"file": sheet, "title": "Ficha"})
    with for_organisation(of(approved).pk):
        address = ProductFile.objects.get().address
    path = "/archivos/" + address.rpartition("/archivos/")[2]
    answer = Client().get(path)
    assert (answer.status_code, answer.headers["Content-Disposition"].partition(";")[0]) == (200, "attachment")
    make_seller(gala, dario)
    theirs = some_product(gala, sku="G")
    with for_organisation(of(gala).pk):  # naming it does not make it hers to show
        ProductFile.objects.create(product_id=theirs.product_id, published=True, position=1, name="Ficha", address=address)
    with for_organisation(of(approved).pk):
        api.set_active(offers=[offer.pk], active=False, by=None, at=now())
    assert Client().get(path).status_code == 404


def test_it_moves_stock_and_says_what_cannot_be(approved: Actor) -> None:
    offer = some_product(approved)
    address = approved.desk(f"existencias/{offer.pk}/movimiento/")
    approved.post(address, {"reason": "arrival", "change": "7"})
    approved.post(address, {"reason": "sale", "change": "2"})
    refused = approved.post(address, {"reason": "sale", "change": "9", "note": "mostrador"})
    assert refused.status_code == 422
    assert b"mostrador" in refused.content
    with for_organisation(of(approved).pk):
        assert Stock.objects.get().on_hand == 5


def test_it_keeps_stock_in_ones_own_places(approved: Actor, gala: Actor, dario: Actor) -> None:
    make_seller(gala, dario)
    with for_organisation(of(gala).pk):
        theirs = open_point(said=SaidPoint(name="Vivero"), by=gala.member, at=now()).pk
    offer = some_product(approved)
    with for_organisation(of(approved).pk):
        for place in (theirs, uuid4()):
            with pytest.raises(NotFound):
                api.adjust_stock(offer=offer.pk, change=3, reason="arrival", place=place, at=now())
            with pytest.raises(NotFound):
                api.count_stock(offer=offer.pk, on_hand=3, place=place, at=now())
            with pytest.raises(NotFound):
                api.start_import(name="a.csv", file=io.BytesIO(b"sku"), currency="COP", point_of_sale=place, at=now())
        assert not Stock.objects.exists()


def test_it_joins_a_product_by_its_address_and_leaves_its_words(approved: Actor, gala: Actor, dario: Actor) -> None:
    offer = some_product(approved)
    [card] = api.products_by_id([offer.product_id])
    make_seller(gala, dario)
    gala.post(gala.desk("productos/existente/"), {"gtin": f"https://mercado.example/productos/{card.slug}/", "sku": "G-1"})
    assert api.products_by_id([offer.product_id])[0].sellers == 2
    with for_organisation(of(gala).pk):
        hers = Offer.objects.get(sku="G-1")
    gala.post(gala.desk(f"productos/{hers.pk}/"), typed(title_es="Cosa de Gala", sku="G-1"))
    for what in ("variantes", "imagenes", "archivos", "copias"):
        assert gala.post(gala.desk(f"productos/{hers.pk}/{what}/"), {"picture": photo(), "rows": "1"}).status_code == 404
    assert api.products_by_id([offer.product_id])[0].title == "Rosa roja Freedom"


def test_it_does_not_compare_amounts_of_two_currencies(approved: Actor, gala: Actor, dario: Actor) -> None:
    from oportuno.kernel.money import Money

    offer = some_product(approved, prices=[Money(4_500_000, "COP")])
    [card] = api.products_by_id([offer.product_id])
    make_seller(gala, dario)
    with for_organisation(of(gala).pk):
        listing = api.Listing(sku="G", prices=[Money(1_200, "USD")])
        api.join_product(named=f"/productos/{card.slug}/", listing=listing, by=gala.person.pk, at=now())
    page = api.product_page(card.slug, now())
    assert [one.price and one.price.amount.currency for one in page.offers] == ["COP", "USD"]
    assert page.price == Money(4_500_000, "COP")
    assert Decimal(45_000) == page.price.decimal
