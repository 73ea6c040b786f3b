"""Dossiers: kept as they were, printed by a job, forgotten after three months."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from oportuno.kernel.facts import record
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.jobs import Lease, defer
from oportuno.kernel.prints import NotPrinted, pdf
from oportuno.offer.guides.facts import DossierMade
from oportuno.offer.guides.models import Dossier
from oportuno.offer.guides.queries.printing import printed
from oportuno.offer.guides.rules.dossier import Told, read
from oportuno.people.organisations.api import market_operator

SAME = timedelta(hours=1)
"""Who asks for the same within it gets the same: a crowd before one comparison makes one document."""
KEPT = timedelta(days=90)
LONGEST = 20  # seconds for a few pages, which take less than one


@transaction.atomic
def begin_dossier(*, told: Told, sellers: Sequence[int], language: str, at: datetime, guide: UUID | None = None) -> Dossier:
    """Keep what is told now; the document follows in a moment."""
    content = told.model_dump(mode="json")
    digest = hashlib.sha256(json.dumps([content, language], sort_keys=True).encode()).hexdigest()
    operator = market_operator().pk
    with for_organisation(operator):
        known = Dossier.objects.filter(organisation_id=operator, digest=digest, at__gt=at - SAME, failed=False).first()
        if known is not None:
            return known
        made = Dossier.objects.create(guide_id=guide, language=language, digest=digest, told=content, sellers=sorted(set(sellers)), at=at)
        record(DossierMade(dossier=made.pk, products=len(told.things), guide=guide, at=at))
        defer("guides.print_dossier", organisation=operator, dossier=str(made.pk))
    return made


def print_dossier(lease: Lease, *, dossier: UUID, at: datetime) -> None:
    """Set it, outside of any transaction; once made it stays as it is."""
    with lease.step():
        found = Dossier.objects.filter(pk=dossier, made_at__isnull=True, failed=False).first()
    if found is None:
        return
    try:
        content = pdf(printed(read(found.told), found.language), seconds=LONGEST)
    except NotPrinted:
        with lease.step():
            Dossier.objects.filter(pk=dossier, made_at__isnull=True).update(failed=True)
        return
    with lease.step():
        Dossier.objects.filter(pk=dossier, made_at__isnull=True).update(pdf=content, made_at=at)


def forget_dossiers(*, before: datetime) -> int:
    """Those made before a moment; how many."""
    return Dossier.objects.filter(at__lt=before).delete()[0]
