"""Who makes a guide hears what the market decided of it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from oportuno.offer.guides.models import GuideVersion
from oportuno.people.messaging.api import send
from oportuno.people.organisations.api import Organisation, editors_and, market_operator


def tell_makers(*, version: UUID, verdict: str, reason: str, at: datetime) -> int:
    """Mail the editors of its organisation, and who wrote it; how many. Acts for the organisation. Twice is once.

    `verdict`: published, changes, declined or withdrawn. What was decided anew meanwhile is no news.
    """
    row = GuideVersion.objects.filter(pk=version).select_related("guide").first()
    if row is None or _is_over(row, verdict):
        return 0
    owner, market = Organisation.objects.get(pk=row.organisation_id), market_operator()
    makers = editors_and(owner, row.by_id)
    for person in makers:
        with translation.override(person.language):
            link = settings.ORIGIN + reverse("guides:guide", args=[owner.slug, row.guide_id])
        context = {
            "title": row.title.get(person.language[:2]) or row.title["es"], f"is_{verdict}": True, "reason": reason, "market": market.name,
            "link": link,
        }  # fmt: skip
        send(
            template="guides/mail/decided.txt", to=person.email, to_name=person.name, organisation=market.pk, context=context,
            language=person.language, key=f"guide:{row.pk}:{verdict}:{row.decided_at}:{person.pk}", at=at, purpose="service",
        )  # fmt: skip
    return len(makers)


def _is_over(row: GuideVersion, verdict: str) -> bool:
    return row.guide.published if verdict == "withdrawn" else row.state != verdict
