"""A blog that falls silent: its team hears of it once, until it speaks again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from oportuno.kernel.facts import record
from oportuno.kernel.isolation import for_market
from oportuno.offer.sites.facts import BlogFellSilent
from oportuno.offer.sites.models import Site
from oportuno.offer.sites.queries.silence import quiet_since, silent_sites, wanted_topics
from oportuno.people.messaging.api import send
from oportuno.people.organisations.api import Organisation, people_who_may

WHY = "the clock listens for silence in whichever blog"
A_BATCH = 200


def hear_silence(*, at: datetime) -> int:
    """Tell the teams of blogs that have been silent for longer than they mean to be; how many. Again until 0. Acts for the market."""
    told = 0
    for site in silent_sites(at)[:A_BATCH]:
        with for_market(WHY, organisation=site.organisation_id):
            told += tell_silence(site=site.pk, at=at)
    return told


@transaction.atomic
def tell_silence(*, site: UUID, at: datetime) -> bool:
    """Mail those who write, once for each silence. False when it was told already, or somebody has just published."""
    found = Site.objects.select_for_update().filter(pk=site).first()
    since = quiet_since(found, at) if found else None
    if found is None or since is None:
        return False
    days = (at - since).days
    found.silence_told_at = at
    found.save(update_fields=["silence_told_at"])
    record(BlogFellSilent(site=found.pk, days=days, at=at), organisation=found.organisation_id)
    organisation = Organisation.objects.get(pk=found.organisation_id)
    topics = wanted_topics(found.organisation_id)
    for person in people_who_may(organisation, "publish content"):
        with translation.override(person.language):
            context = {
                "organisation": organisation.name,
                "blog": found.blog_title or found.title,
                "days": days,
                "topics": "; ".join(one.title for one in topics),
                "link": settings.ORIGIN + reverse("sites:posts", args=[organisation.slug]),
                "settings": settings.ORIGIN + reverse("sites:settings", args=[organisation.slug]),
            }
        send(
            template="sites/mail/silence.txt", to=person.email, organisation=organisation.pk, context=context, language=person.language,
            key=f"silence:{found.pk}:{since:%Y%m%d%H%M%S}:{person.pk}", at=at, purpose="service",
        )  # fmt: skip
    return True
