"""Pictures of products: uploaded, in order, or brought from the address an import named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from io import BytesIO
from typing import Any, BinaryIO
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Max
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
AT_ONCE = 8  # pictures that are fetched at the same time
Taken = dict[str, Any]
"""A picture that was taken away, in plain values: a session can keep it."""


@transaction.atomic
def add_picture(*, product: Product, file: BinaryIO, name: str, alt: str, by: UUID | None, at: datetime) -> ProductPicture:
    """Keep an uploaded picture at the end of the product's. Raises Refusal for what is no picture, or one too many."""
    kept = media.keep_picture(file=file, name=name, alt=alt, by=by, at=at)
    return attach_pictures(product=product, pictures=[kept.pk], by=by, at=at)[0]


@transaction.atomic
def attach_pictures(*, product: Product, pictures: Sequence[UUID], by: UUID | None, at: datetime) -> list[ProductPicture]:
    """Put pictures that the organisation keeps at the end of the product's; others' are left out. Raises Refusal for one too many."""
    own = {pk: one for pk, one in media.pictures(pictures).items() if one.organisation_id == acting_organisation()}
    there = ProductPicture.objects.filter(product=product).aggregate(last=Max("position"), many=Count("pk"))
    wanted = [own[pk] for pk in dict.fromkeys(pictures) if pk in own]
    if there["many"] + len(wanted) > MOST:
        raise Refusal(_("A product shows at most %(most)s pictures.") % {"most": MOST}, field="pictures")
    rows = ProductPicture.objects.bulk_create(
        ProductPicture(
            organisation_id=product.organisation_id, product=product, published=product.published, position=position, picture_id=one.pk,
            alt=one.alt or product.title[:200], address=f"{settings.ORIGIN}{one.url(1280)}",
        )
        for position, one in enumerate(wanted, (there["last"] or 0) + 1)
    )  # fmt: skip
    _changed(product, by, at)
    return rows


@transaction.atomic
def arrange_pictures(*, product: Product, order: Sequence[UUID], texts: dict[UUID, str], by: UUID | None, at: datetime) -> list[Taken]:
    """Put the pictures in this order with these texts; those not named are taken away, and come back for `put_back`."""
    rows = {row.pk: row for row in ProductPicture.objects.select_for_update().filter(product=product)}
    taken = [rows[pk] for pk in rows if pk not in order]
    ProductPicture.objects.filter(pk__in=[row.pk for row in taken]).delete()
    for position, pk in enumerate([pk for pk in order if pk in rows], 1):
        ProductPicture.objects.filter(pk=pk).update(position=position, alt=texts.get(pk, rows[pk].alt)[:200])
    _changed(product, by, at)
    return [
        {"picture": str(row.picture_id or ""), "address": row.address, "alt": row.alt, "position": row.position, "trouble": row.trouble}
        for row in taken
    ]


@transaction.atomic
def put_back(*, product: Product, taken: Sequence[Taken], by: UUID | None, at: datetime) -> int:
    """Pictures that were just taken away stand where they stood; how many."""
    kept = set(media.pictures(UUID(one["picture"]) for one in taken if one["picture"]))
    standing = list(ProductPicture.objects.select_for_update().filter(product=product).order_by("position", "id"))
    there = {(row.picture_id, row.address) for row in standing}
    back = [
        row
        for one in sorted(taken, key=lambda one: int(one["position"]))
        if (row := _row_of(product, one)) and (not row.picture_id or row.picture_id in kept) and (row.picture_id, row.address) not in there
    ][: max(0, MOST - len(standing))]
    for row in back:
        standing.insert(row.position - 1, row)
    ProductPicture.objects.bulk_create(back)
    for position, row in enumerate(standing, 1):
        row.position = position
    ProductPicture.objects.bulk_update(standing, ["position"])
    _changed(product, by, at)
    return len(back)


def _row_of(product: Product, one: Taken) -> ProductPicture:
    return ProductPicture(
        organisation_id=product.organisation_id, product=product, published=product.published, position=one["position"],
        picture_id=UUID(one["picture"]) if one["picture"] else None, address=one["address"], alt=one["alt"], trouble=one["trouble"],
    )  # fmt: skip


def bring_next_pictures(lease: Lease, *, count: int = 16) -> bool:
    """Bring some that wait; whether there are more. Fetched several at once while no transaction is open, kept one a step: a bad one stops no other."""
    with lease.step():
        waiting = list(ProductPicture.objects.filter(picture_id__isnull=True, trouble="").order_by("id")[:count])
        known = media.pictures_from({row.address for row in waiting})
    wanted = sorted({row.address for row in waiting} - known.keys())
    with ThreadPoolExecutor(AT_ONCE) as pool:
        fetched = dict(zip(wanted, pool.map(_fetched, wanted), strict=True))
    for row in waiting:
        with lease.step():
            _bring(row, known, fetched)
    return len(waiting) == count


def _fetched(address: str) -> bytes | Refusal:
    try:
        return media.fetch_picture(address)
    except Refusal as refusal:
        return refusal


def _bring(row: ProductPicture, known: dict[str, UUID], fetched: Mapping[str, bytes | Refusal]) -> None:
    at = now()
    try:
        if row.address not in known:
            known[row.address] = _kept(fetched[row.address], row, at)
        ProductPicture.objects.filter(pk=row.pk).update(picture_id=known[row.address])
        record(ProductChanged(product=row.product_id, at=at))
    except Refusal as refusal:
        ProductPicture.objects.filter(pk=row.pk).update(trouble=str(refusal)[:500])
        organisation = Organisation.objects.get(pk=acting_organisation())
        follow_offers(organisation.pk, [row.product_id], currency=organisation.currency, at=at)  # it may be without a picture now


def _kept(content: bytes | Refusal, row: ProductPicture, at: datetime) -> UUID:
    if isinstance(content, Refusal):
        raise content
    with transaction.atomic():
        return media.keep_picture(file=BytesIO(content), name=row.address, by=None, at=at, alt=row.alt, source=row.address).pk


def _changed(product: Product, by: UUID | None, at: datetime) -> None:
    organisation = Organisation.objects.get(pk=acting_organisation())
    follow_offers(organisation.pk, [product.pk], currency=organisation.currency, at=at)
    record(ProductChanged(product=product.pk, by=by, at=at))
