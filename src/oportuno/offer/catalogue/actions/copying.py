"""A product once more, to be changed into another."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction

from oportuno.kernel.errors import NotFound
from oportuno.kernel.facts import record
from oportuno.kernel.ids import new_id
from oportuno.kernel.isolation import acting_organisation
from oportuno.offer.catalogue.actions.following import follow_offers
from oportuno.offer.catalogue.facts import ProductChanged
from oportuno.offer.catalogue.models import Offer, OfferPrice, Product, ProductFile, ProductPicture, Variant
from oportuno.offer.catalogue.rules import codes
from oportuno.people.organisations.api import Organisation

Row = TypeVar("Row", Product, Variant, Offer, OfferPrice, ProductPicture, ProductFile)


@transaction.atomic
def copy_product(*, offer: Offer, by: UUID, at: datetime) -> Offer:
    """A hidden copy of a product of one's own: words, variants, prices, pictures and files, without stock or barcodes.

    Raises NotFound for a product that another organisation described.
    """
    product = Product.objects.filter(pk=offer.product_id, organisation_id=acting_organisation()).first()
    if product is None:
        raise NotFound
    fresh = _copied_product(product, at)
    variants = {one.pk: _again(one, product_id=fresh.pk, published=False, gtin="") for one in Variant.objects.filter(product=product)}
    main: Offer | None = None
    for one in Offer.objects.filter(organisation_id=offer.organisation_id, product_id=product.pk).order_by("pk"):
        variant = variants[one.variant_id].pk if one.variant_id in variants else None
        copied = _copied_offer(one, fresh.pk, variant, at)
        main = copied if one.variant_id is None else main
    for picture in ProductPicture.objects.filter(product=product).order_by("position", "pk"):
        _again(picture, product_id=fresh.pk, published=False)
    for file in ProductFile.objects.filter(product=product).order_by("position", "pk"):
        _again(file, product_id=fresh.pk, published=False)
    organisation = Organisation.objects.get(pk=offer.organisation_id)
    follow_offers(organisation.pk, [fresh.pk], currency=organisation.currency, at=at)
    record(ProductChanged(product=fresh.pk, by=by, at=at))
    assert main is not None
    main.refresh_from_db()
    return main


def _copied_product(product: Product, at: datetime) -> Product:
    identity = new_id()
    titles = {"title_es": _named(product.title_es, "copia"), "title_en": _named(product.title_en, "copy")}
    slug = codes.address(titles["title_es"] or titles["title_en"], identity)
    blank: dict[str, Any] = {"published": False, "gtin": "", "from_minor": None, "from_currency": "", "in_stock": False}
    return _again(product, id=identity, slug=slug, created_at=at, updated_at=at, **titles, **blank)


def _copied_offer(offer: Offer, product: UUID, variant: UUID | None, at: datetime) -> Offer:
    prices = list(OfferPrice.objects.filter(offer=offer))
    blank: dict[str, Any] = {"on_hand": None, "import_run_id": None, "import_line": None, "published": False, "archived": False}
    copied = _again(
        offer,
        product_id=product,
        variant_id=variant,
        sku=_free_sku(offer.sku),
        active=variant is not None,
        created_at=at,
        updated_at=at,
        **blank,
    )
    for price in prices:
        _again(price, offer_id=copied.pk, published=False)
    return copied


def _again(row: Row, **changed: Any) -> Row:
    """The same row under another identity."""
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return type(row).objects.create(**{**values, "id": new_id(), **changed})


def _named(title: str, copy: str) -> str:
    return f"{title[:190]} ({copy})" if title else ""


def _free_sku(sku: str) -> str:
    """The next code that nobody here uses: "ROSA-2", "ROSA-3" …"""
    stem = sku[: codes.SKU_LONGEST - 6]
    taken = set(Offer.objects.filter(organisation_id=acting_organisation(), sku__startswith=f"{stem}-").values_list("sku", flat=True))
    return next(named for number in range(2, len(taken) + 3) if (named := f"{stem}-{number}") not in taken)
