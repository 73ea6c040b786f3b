"""What the page of one product shows beside its form."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from oportuno.kernel.money import Money
from oportuno.offer.catalogue.models import Offer, OfferPrice, Product, ProductFile, ProductPicture, Variant
from oportuno.offer.catalogue.queries.cards import PictureCard
from oportuno.offer.catalogue.queries.desk import StockRow, stock_rows
from oportuno.offer.catalogue.queries.places import places_of
from oportuno.offer.media import api as media


@dataclass(frozen=True, slots=True)
class EditedPicture:
    """`card` None: it is on its way, or could not be brought (`trouble` says why)."""

    id: UUID
    position: int
    alt: str
    address: str
    trouble: str
    card: PictureCard | None


@dataclass(frozen=True, slots=True)
class EditedVariant:
    offer: UUID
    label: str
    sku: str
    price: Money | None
    on_hand: int | None
    active: bool


@dataclass(frozen=True, slots=True)
class Editing:
    pictures: tuple[EditedPicture, ...]
    variants: tuple[EditedVariant, ...]
    prices: tuple[OfferPrice, ...]
    stock: tuple[StockRow, ...]
    files: tuple[ProductFile, ...]


def editing(offer: Offer, product: Product, own: bool) -> Editing:
    """Pictures, files, variants, all prices and stock of an offer. About nine queries."""
    rows = list(ProductPicture.objects.filter(product=product).order_by("position", "id")) if own else []
    kept = media.pictures(row.picture_id for row in rows if row.picture_id)
    pictures = tuple(
        EditedPicture(
            row.pk,
            row.position,
            row.alt,
            row.address,
            row.trouble,
            _card(kept[row.picture_id], row.alt) if row.picture_id in kept else None,
        )
        for row in rows
    )
    forms = list(Offer.objects.filter(organisation_id=offer.organisation_id, product_id=offer.product_id, variant_id__isnull=False))
    labels = Variant.objects.in_bulk([one.variant_id for one in forms if one.variant_id])
    ordered = sorted(forms, key=lambda one: labels[one.variant_id].position if one.variant_id in labels else 0)
    variants = tuple(
        EditedVariant(
            one.pk,
            str(labels[one.variant_id]),
            one.sku,
            Money(one.price_minor, one.price_currency) if one.price_minor is not None else None,
            one.on_hand,
            one.active,
        )
        for one in ordered
        if one.variant_id in labels
    )
    prices = tuple(OfferPrice.objects.filter(offer=offer).order_by("currency", "starts_at"))
    stock = tuple(stock_rows(offer.organisation_id, forms or [offer], places_of(offer.organisation_id)))
    files = tuple(ProductFile.objects.filter(product=product).order_by("position", "id")) if own else ()
    return Editing(pictures, variants, prices, stock, files)


def _card(picture: media.Picture, alt: str) -> PictureCard:
    return PictureCard(picture.url(320), picture.srcset(), alt or picture.alt)
