"""Where a seller's profile shows a picture of the library."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from oportuno.kernel.isolation import acting_organisation
from oportuno.offer.directory.models import Seller
from oportuno.offer.media.api import Use


def where_pictured(items: Sequence[UUID], slug: str) -> Mapping[UUID, Sequence[Use]]:
    """The emblem and the portrait of the organisation we act for. One query."""
    found: dict[UUID, list[Use]] = defaultdict(list)
    href = reverse("directory:profile", args=[slug]) if slug else ""
    for seller in Seller.objects.filter(Q(emblem_id__in=items) | Q(portrait_id__in=items), organisation_id=acting_organisation()):
        if seller.emblem_id and seller.emblem_id in items:
            found[seller.emblem_id].append(Use(_("Emblem of the profile"), href))
        if seller.portrait_id and seller.portrait_id in items:
            found[seller.portrait_id].append(Use(_("Portrait of the profile"), href))
    return found
