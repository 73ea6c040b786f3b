"""Which products show a picture of the library."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from oportuno.kernel.isolation import acting_organisation
from oportuno.offer.catalogue.models import Offer, ProductPicture
from oportuno.offer.media.api import Use


def where_pictured(items: Sequence[UUID], slug: str) -> Mapping[UUID, Sequence[Use]]:
    """Products of the organisation we act for that show these pictures. Two queries."""
    here = acting_organisation()
    shown = list(ProductPicture.objects.filter(organisation_id=here, picture_id__in=items).select_related("product").order_by("id")[:1000])
    products = {row.product_id for row in shown}
    main = Offer.objects.filter(organisation_id=here, product_id__in=products, variant_id__isnull=True)
    offers = dict(main.values_list("product_id", "pk"))
    found: dict[UUID, list[Use]] = defaultdict(list)
    for row in shown:
        if row.picture_id is None:
            continue
        offer = offers.get(row.product_id)
        href = reverse("catalogue:product", args=[slug, offer]) if offer and slug else ""
        found[row.picture_id].append(Use(_("Product: %(title)s") % {"title": row.product.title}, href))
    return found
