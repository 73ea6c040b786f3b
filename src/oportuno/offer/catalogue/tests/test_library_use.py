"""A picture of the library that a product shows: the library says so, warns before it goes, and keeps what is used."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from oportuno.kernel.clock import now, stopped_at
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.jobs import JOBS, Lease
from oportuno.offer.catalogue import api as catalogue
from oportuno.offer.catalogue.models import Product
from oportuno.offer.media.api import Item
from oportuno.offer.media.testing import image
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folders(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def carnation(alba: Actor) -> Item:
    """A picture in the library that a product shows."""
    alba.post(alba.desk("medios/subidas/"), {"file": SimpleUploadedFile("clavel.png", image())})
    with for_organisation(alba.member.organisation.pk):
        item = Item.objects.get()
        words = catalogue.Words(title_es="Docena de claveles")
        offer = catalogue.create_product(words=words, listing=catalogue.Listing(sku="C12"), by=alba.member.id, at=now())
        catalogue.attach_pictures(product=Product.objects.get(pk=offer.product_id), pictures=[item.pk], by=alba.member.id, at=now())
    return item


def of(alba: Actor, item: Item) -> Item | None:
    with for_organisation(alba.member.organisation.pk):
        return Item.objects.filter(pk=item.pk).first()


def delete(alba: Actor, item: Item, **more: str) -> HttpResponse:
    return alba.post(alba.desk("medios/cambios/"), {"do": "delete", "selected": str(item.pk), **more})


def test_it_tells_where_a_thing_is_used_and_warns_before_it_goes(alba: Actor, carnation: Item) -> None:
    assert "Producto: Docena de claveles" in alba.get(alba.desk(f"medios/{carnation.pk}/")).content.decode()
    warned = delete(alba, carnation)
    assert warned.status_code == 200
    assert "Producto: Docena de claveles" in warned.content.decode()
    assert (kept := of(alba, carnation))
    assert kept.deleted_at is None
    delete(alba, carnation, sure="1")
    assert (kept := of(alba, carnation))
    assert kept.deleted_at


@pytest.mark.django_db(transaction=True)
def test_it_keeps_what_is_used_when_the_bin_is_emptied(alba: Actor, carnation: Item) -> None:
    delete(alba, carnation, sure="1")
    with stopped_at(now() + timedelta(days=31)):
        JOBS["media.empty_bin"].run(Lease(0, 0, None, "media.empty_bin"))
    assert of(alba, carnation)


def test_it_lists_a_picture_that_was_brought_at_a_product(alba: Actor) -> None:
    with for_organisation(alba.member.organisation.pk):
        words = catalogue.Words(title_es="Rosa")
        offer = catalogue.create_product(words=words, listing=catalogue.Listing(sku="R1"), by=alba.member.id, at=now())
    alba.post(alba.desk(f"productos/{offer.pk}/imagenes/"), {"picture": SimpleUploadedFile("rosa_roja.png", image()), "alt": "Una rosa"})
    assert "rosa roja" in alba.get(alba.desk("medios/")).content.decode()
