"""Data sheets, manuals, samples: kept by us, handed out as sealed attachments while their product is on show."""

from __future__ import annotations

from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Max
from django.utils.translation import gettext as _

from oportuno.kernel.errors import NotFound, Refusal
from oportuno.kernel.facts import record
from oportuno.kernel.isolation import for_organisation, for_public
from oportuno.offer.catalogue.facts import ProductChanged
from oportuno.offer.catalogue.models import Product, ProductFile
from oportuno.offer.catalogue.queries.cards import sellers_of
from oportuno.offer.media import api as media

MOST = 20


@transaction.atomic
def add_file(*, product: Product, file: BinaryIO, name: str, title: str, by: UUID, at: datetime) -> ProductFile:
    """Keep a file for buyers: PDF, picture, Word or Excel. Raises Refusal for anything else, or one too many."""
    there = ProductFile.objects.filter(product=product).aggregate(last=Max("position"), many=Count("pk"))
    if there["many"] >= MOST:
        raise Refusal(_("A product has at most %(most)s files.") % {"most": MOST}, field="file")
    kept = media.keep_document(file=file, name=name, by=by, at=at)
    row = ProductFile.objects.create(
        product=product, published=product.published, position=(there["last"] or 0) + 1,
        name=(title.strip() or kept.name)[:200], address=_address(kept.pk),
    )  # fmt: skip
    record(ProductChanged(product=product.pk, by=by, at=at))
    return row


@transaction.atomic
def remove_file(*, product: Product, file: UUID, by: UUID, at: datetime) -> None:
    """One file less. Raises NotFound for one that is not the product's."""
    if not ProductFile.objects.filter(product=product, pk=file).delete()[0]:
        raise NotFound
    record(ProductChanged(product=product.pk, by=by, at=at))


def owner_of(document: UUID) -> int:
    """The organisation that shows this file at one of its products, as anybody sees it. Raises NotFound.

    Anybody may write anybody's address into his own product: only the one who keeps the file makes it public.
    """
    with for_public():
        shown = ProductFile.objects.filter(address=_address(document), published=True)
        named = list(shown.values_list("product_id", "organisation_id")[:20])
        offered = sellers_of([product for product, _ in named])  # whose last seller was hidden a moment ago is not
        organisations = sorted({organisation for product, organisation in named if product in offered})
    for organisation in organisations:
        with for_organisation(organisation):
            if media.is_kept(document):
                return organisation
    raise NotFound


def _address(document: UUID) -> str:
    return f"{settings.ORIGIN}/archivos/{document}/"
