"""What readers would like to read: as they see it, and as the team does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from oportuno.kernel.errors import NotFound
from oportuno.offer.sites.models import Topic, TopicAsker, TopicState

PAGE, MOST_WRITTEN = 40, 10
MARK = "~"


@dataclass(frozen=True)
class Topics:
    """A page of them; `after` marks where the next begins, "" at the end."""

    topics: Sequence[Topic]
    after: str


def wanted(organisation: int, *, after: str = "", limit: int = PAGE) -> Topics:
    """What readers vote for, the most wanted first. Acts for the public."""
    found = Topic.objects.filter(organisation_id=organisation, published=True, state__in=(TopicState.OPEN, TopicState.WRITING))
    return _page(found, after, limit)


def written(organisation: int) -> list[Topic]:
    """What was asked for and can be read now, the newest first. Acts for the public."""
    found = Topic.objects.filter(organisation_id=organisation, published=True, state=TopicState.WRITTEN, entry__published=True)
    return list(found.select_related("entry").defer("entry__document").order_by("-written_at", "-pk")[:MOST_WRITTEN])


def topics_page(organisation: int, state: str, *, after: str = "") -> Topics:
    """In one state, the most wanted first, with what is written about each. For the team."""
    found = Topic.objects.filter(organisation_id=organisation, state=state).select_related("entry").defer("entry__document")
    return _page(found, after, PAGE)


def askers_of(topics: Sequence[UUID]) -> dict[UUID, int]:
    """How many wait to hear of each; one query."""
    return dict(TopicAsker.objects.filter(topic__in=topics).values_list("topic").annotate(count=Count("pk")))


def topics_counted(organisation: int) -> dict[str, int]:
    """How many stand in each state; one query."""
    rows = Topic.objects.filter(organisation_id=organisation).values_list("state").annotate(count=Count("pk"))
    return dict.fromkeys(TopicState.values, 0) | dict(rows)


def topic_for(organisation: int, topic: UUID) -> Topic:
    """Raises NotFound."""
    found = Topic.objects.filter(organisation_id=organisation, pk=topic).first()
    if found is None:
        raise NotFound
    return found


def _page(found: QuerySet[Topic], after: str, limit: int) -> Topics:
    if mark := _read(after):
        found = found.filter(Q(votes__lt=mark[0]) | Q(votes=mark[0], pk__lt=mark[1]))
    topics = list(found.order_by("-votes", "-pk")[: limit + 1])
    last = topics[limit - 1] if len(topics) > limit else None
    return Topics(topics[:limit], f"{last.votes}{MARK}{last.pk}" if last else "")


def _read(after: str) -> tuple[int, UUID] | None:
    votes, _tilde, number = after[:60].partition(MARK)
    try:
        return int(votes), UUID(number)
    except ValueError:
        return None
