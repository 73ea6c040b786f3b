"""What programs ask: everything on show in order, and own offers by their SKU."""

from __future__ import annotations

from uuid import UUID

from oportuno.kernel.errors import NotFound
from oportuno.offer.catalogue.models import Offer, Product
from oportuno.offer.catalogue.queries.cards import PAGE, CardPage, as_anybody, cards_of
from oportuno.offer.catalogue.queries.records import Record, records_of


@as_anybody
def products_on_show(after: UUID | None = None, limit: int = PAGE) -> CardPage:
    """All products on show, the latest first."""
    found = Product.objects.filter(published=True)
    if after:
        found = found.filter(pk__lt=after)
    cards = cards_of(found.order_by("-id")[: limit + 1])
    return CardPage(tuple(cards[:limit]), cards[limit - 1].id if len(cards) > limit else None)


def offer_by_sku(organisation: int, sku: str) -> Offer:
    """The organisation's offer, of a product or of a variant. Raises NotFound."""
    found = Offer.objects.filter(organisation_id=organisation, sku=sku).first()
    if found is None:
        raise NotFound
    return found


def record_of(offer: Offer) -> Record:
    """An offer of the organisation we act for as a plain record, in the shape that imports speak."""
    return records_of(offer.organisation_id, [offer.pk])[offer.pk]
