"""What the page of one product shows beside its form."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from oportuno.kernel.money import Money
from oportuno.offer.catalogue.models import Offer, OfferPrice, Product, ProductFile, ProductPicture, Variant
from oportuno.offer.catalogue.queries.cards import PictureCard
from oportuno.offer.catalogue.queries.desk import StockRow, stock_rows
from oportuno.offer.catalogue.queries.foreign import variants_of
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
    """`offer` None: another seller's product has this variant, and this seller does not offer it."""

    variant: UUID
    offer: UUID | None
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
    offered = {one.variant_id: one for one in forms}
    variants = tuple(_variant(one, offered.get(one.pk)) for one in variants_of([offer.product_id]))
    prices = tuple(OfferPrice.objects.filter(offer=offer).order_by("currency", "starts_at"))
    stock = tuple(stock_rows(offer.organisation_id, forms or [offer], places_of(offer.organisation_id)))
    files = tuple(ProductFile.objects.filter(product=product).order_by("position", "id")) if own else ()
    return Editing(pictures, variants, prices, stock, files)


def _variant(variant: Variant, offer: Offer | None) -> EditedVariant:
    if offer is None:
        return EditedVariant(variant.pk, None, str(variant), "", None, None, False)
    price = Money(offer.price_minor, offer.price_currency) if offer.price_minor is not None else None
    return EditedVariant(variant.pk, offer.pk, str(variant), offer.sku, price, offer.on_hand, offer.active)


def _card(picture: media.Picture, alt: str) -> PictureCard:
    return PictureCard(picture.url(320), picture.srcset(), alt or picture.alt)
