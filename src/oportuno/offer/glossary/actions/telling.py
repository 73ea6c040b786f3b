"""Who proposed a term hears what became of it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from oportuno.offer.glossary.models import Proposal, State
from oportuno.people.messaging.api import send
from oportuno.people.organisations.api import Organisation, market_operator, people_who_may


def tell_proposer(*, proposal: UUID, state: str, at: datetime) -> int:
    """Mail whoever proposed it, if she still writes for her organisation; how many. What changed meanwhile is no news. Twice is once."""
    row = Proposal.objects.filter(pk=proposal, state=state).first()
    if row is None:
        return 0
    owner, market = Organisation.objects.get(pk=row.organisation_id), market_operator()
    readers = [one for one in people_who_may(owner, "write content") if one.pk == row.by_id]
    for person in readers:
        with translation.override(person.language):
            accepted = state == State.ACCEPTED
            link = reverse("glossary:term", args=[row.term]) if accepted else reverse("glossary:proposal", args=[owner.slug, row.pk])
        send(
            template="glossary/mail/decided.txt", to=person.email, to_name=person.name, organisation=market.pk,
            context={"name": row.name, f"is_{state}": True, "answer": row.answer, "market": market.name, "link": settings.ORIGIN + link},
            language=person.language, key=f"glossary:{row.pk}:{row.version}:{state}:{person.pk}", at=at, purpose="service",
        )  # fmt: skip
    return len(readers)
