"""Who asked for a topic hears that it can be read."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from oportuno.offer.sites.models import TopicAsker, TopicState
from oportuno.offer.sites.queries.addresses import whole_address
from oportuno.people.audience.api import Purpose, may_receive
from oportuno.people.messaging.api import send
from oportuno.people.organisations.api import Organisation


def tell_of_topics(*, topics: Collection[UUID], at: datetime) -> int:
    """Mail those who agreed to hear of these topics; how many. In the organisation we act for. Twice is once."""
    waiting = TopicAsker.objects.filter(topic__in=list(topics), told_at__isnull=True, topic__state=TopicState.WRITTEN)
    found = list(waiting.select_related("topic__entry").order_by("pk")[:1_000])
    told = [one for one in found if may_receive(one.contact_id, channel="email", purpose=Purpose.TOPICS)]
    for one in told:
        _tell(one, at)
    TopicAsker.objects.filter(pk__in=[one.pk for one in told]).update(told_at=at)
    return len(told)


def _tell(asker: TopicAsker, at: datetime) -> None:
    organisation = Organisation.objects.get(pk=asker.organisation_id)
    entry = asker.topic.entry
    if entry is None or not entry.published:
        return
    context = {
        "organisation": organisation.name,
        "topic": asker.topic.title,
        "title": entry.title,
        "text": entry.excerpt,
        "link": whole_address(organisation, entry.path),
    }
    send(
        template="sites/mail/topic.txt", to=asker.email, organisation=organisation.pk, context=context, language=asker.language,
        key=f"topic:{asker.topic_id}:{asker.contact_id}", at=at, purpose="marketing", agreed_to=Purpose.TOPICS, contact=asker.contact_id,
    )  # fmt: skip
