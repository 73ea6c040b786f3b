"""Pictures of products: uploaded, in order, or brought from the address an import named."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Refusal
from oportuno.kernel.facts import record
from oportuno.kernel.isolation import acting_organisation
from oportuno.kernel.jobs import Lease
from oportuno.offer.catalogue.actions.following import follow_offers
from oportuno.offer.catalogue.facts import ProductChanged
from oportuno.offer.catalogue.models import Product, ProductPicture
from oportuno.offer.media import api as media
from oportuno.people.organisations.api import Organisation

MOST = 30


@transaction.atomic
def add_picture(*, product: Product, file: BinaryIO, name: str, alt: str, by: UUID | None, at: datetime) -> ProductPicture:
    """Keep an uploaded picture at the end of the product's. Raises Refusal for what is no picture, or one too many."""
    last = ProductPicture.objects.filter(product=product).aggregate(last=Max("position"))["last"] or 0
    if ProductPicture.objects.filter(product=product).count() >= MOST:
        raise Refusal(_("A product shows at most %(most)s pictures.") % {"most": MOST}, field="pictures")
    kept = media.keep_picture(file=file, name=name, alt=alt, by=by, at=at)
    row = ProductPicture.objects.create(
        product=product, published=product.published, position=last + 1, picture_id=kept.pk, alt=alt[:200],
        address=f"{settings.ORIGIN}{kept.url(1280)}",
    )  # fmt: skip
    _changed(product, by, at)
    return row


@transaction.atomic
def arrange_pictures(*, product: Product, order: Sequence[UUID], texts: dict[UUID, str], by: UUID | None, at: datetime) -> None:
    """Put the pictures in this order with these texts; those not named are taken away."""
    rows = {row.pk: row for row in ProductPicture.objects.select_for_update().filter(product=product)}
    ProductPicture.objects.filter(pk__in=[pk for pk in rows if pk not in order]).delete()
    for position, pk in enumerate([pk for pk in order if pk in rows], 1):
        ProductPicture.objects.filter(pk=pk).update(position=position, alt=texts.get(pk, rows[pk].alt)[:200])
    _changed(product, by, at)


def bring_next_pictures(lease: Lease, *, count: int = 20) -> bool:
    """Bring some that wait; whether there are more. Each in a step of its own: one bad address stops no other."""
    with lease.step():
        waiting = list(ProductPicture.objects.filter(picture_id__isnull=True, trouble="").order_by("id")[:count])
    for row in waiting:
        with lease.step():
            _bring(row)
    return len(waiting) == count


def _bring(row: ProductPicture) -> None:
    at = now()
    try:
        with transaction.atomic():
            kept = media.keep_picture_from(row.address, by=None, at=at, alt=row.alt)
            ProductPicture.objects.filter(pk=row.pk).update(picture_id=kept.pk)
            record(ProductChanged(product=row.product_id, at=at))
    except Refusal as refusal:
        ProductPicture.objects.filter(pk=row.pk).update(trouble=str(refusal)[:500])


def _changed(product: Product, by: UUID | None, at: datetime) -> None:
    organisation = Organisation.objects.get(pk=acting_organisation())
    follow_offers(organisation.pk, [product.pk], currency=organisation.currency, at=at)
    record(ProductChanged(product=product.pk, by=by, at=at))
