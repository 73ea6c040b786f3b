"""Reading a dossier by its address."""

from __future__ import annotations

from uuid import UUID

from oportuno.kernel.errors import NotFound
from oportuno.kernel.isolation import for_organisation, for_public
from oportuno.offer.directory import api as directory
from oportuno.offer.guides.models import Dossier
from oportuno.people.organisations.api import market_operator


def dossier_for(key: UUID, *, with_pdf: bool = False) -> Dossier:
    """Whoever has its address. Raises NotFound."""
    operator = market_operator().pk
    with for_organisation(operator):
        found = Dossier.objects.filter(organisation_id=operator, pk=key)
        row = (found if with_pdf else found.defer("pdf")).first()
    if row is None:
        raise NotFound
    return row


def is_readable(dossier: Dossier) -> bool:
    """Whether everybody in it is still on show: what the market hid is not handed out in an old document."""
    with for_public():
        seen = directory.Seller.objects.filter(organisation_id__in=dossier.sellers, published=True).count()
    return seen == len(dossier.sellers)
