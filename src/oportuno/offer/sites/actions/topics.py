"""Readers ask for topics and vote for them; the team takes them up, and who asked hears when they are written."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from oportuno.kernel.errors import Conflict, NotFound, Refusal
from oportuno.kernel.facts import record
from oportuno.offer.sites.actions.commenting import tidy
from oportuno.offer.sites.actions.filing import file_entry, own_author
from oportuno.offer.sites.actions.showing import is_shown
from oportuno.offer.sites.actions.writing import begin_entry
from oportuno.offer.sites.facts import TopicAsked, TopicTaken, TopicVoted, TopicWritten
from oportuno.offer.sites.models import SHOWN_TOPICS, Entry, State, Topic, TopicAsker, TopicState, TopicVote
from oportuno.people.audience.api import Circumstances, Given, Purpose, addresses, follow
from oportuno.people.organisations.api import Member, Organisation

SHORTEST, LONGEST_TITLE, LONGEST_DETAILS = 4, 160, 1_000


@transaction.atomic
def ask_topic(
    *,
    organisation: Organisation,
    title: str,
    voter: str,
    circumstances: Circumstances,
    at: datetime,
    details: str = "",
    email: Given | None = None,
    name: str = "",
    proven: bool = False,
) -> Topic:
    """A reader asks for a topic; asked for before, it gets her vote. With `email` she agrees to hear when it is written.

    Acts for the organisation. Raises Refusal for what is no topic.
    """
    topic = _named(title, details, at)
    if _take_vote(topic, voter, at):
        topic.refresh_from_db(fields=["votes"])
    contact = None
    if email:
        captured = follow(
            organisation=organisation, purpose=Purpose.TOPICS, template="sites/mail/confirm_topics.txt", email=email, name=name,
            circumstances=circumstances, proven=proven, at=at,
        )  # fmt: skip
        contact = captured.contact.pk
        TopicAsker.objects.get_or_create(
            topic=topic, contact_id=contact, defaults={"email": email.key, "language": circumstances.language, "at": at}
        )
    record(TopicAsked(topic=topic.pk, contact=contact, visitor=circumstances.visitor, at=at))
    return topic


@transaction.atomic
def vote_topic(*, organisation: int, topic: UUID, voter: str, at: datetime, visitor: UUID | None = None) -> bool:
    """One reader more wants it; False when she has said so before. Raises NotFound for what is not voted on."""
    found = Topic.objects.filter(
        organisation_id=organisation, pk=topic, published=True, state__in=(TopicState.OPEN, TopicState.WRITING)
    ).first()
    if found is None:
        raise NotFound
    if not _take_vote(found, voter, at):
        return False
    record(TopicVoted(topic=found.pk, visitor=visitor, at=at))
    return True


@transaction.atomic
def note_topic(*, title: str, by: Member, at: datetime) -> Topic:
    """One of the team puts a topic into the backlog."""
    topic = _named(title, "", at)
    if topic.state in (TopicState.WAITING, TopicState.DECLINED):
        _stand(topic, TopicState.OPEN)
    return topic


@transaction.atomic
def change_topic(*, topic: UUID, title: str, by: Member) -> Topic:
    """Say it in better words than its asker did. Raises Conflict when another topic is called so."""
    found = _own(by, topic)
    found.title = _title(title)
    found.key = addresses.fold(found.title)[:160]
    try:
        with transaction.atomic():
            found.save(update_fields=["title", "key"])
    except IntegrityError:
        raise Conflict(_("There is a topic with this name already.")) from None
    return found


@transaction.atomic
def decide_topics(*, topics: Collection[UUID], state: str, by: Member, at: datetime) -> int:
    """Into the backlog (open), or declined, or back to wait; how many changed. What is being written stays so."""
    if state not in (TopicState.OPEN, TopicState.DECLINED, TopicState.WAITING):
        raise Refusal(_("Choose what to do with them."))
    movable = (TopicState.WAITING, TopicState.OPEN, TopicState.DECLINED)
    rows = Topic.objects.filter(organisation_id=by.organisation.pk, pk__in=list(topics)[:500], state__in=movable).exclude(state=state)
    shown = is_shown(by.organisation.pk)
    return rows.update(state=state, published=shown and state in SHOWN_TOPICS)


@transaction.atomic
def write_topic(*, topic: UUID, by: Member, at: datetime) -> Entry:
    """A draft about it, by this member; the one that was begun already, unless it was thrown away."""
    found = _own(by, topic)
    begun: Entry | None = found.entry
    if begun and begun.state != State.TRASHED:
        return begun
    entry = begin_entry(kind="post", title=found.title, by=by, at=at)
    file_entry(entry=entry.pk, author_id=own_author(by=by, at=at).pk, by=by, at=at)
    found.entry = entry
    _stand(found, TopicState.WRITING)
    found.save(update_fields=["entry"])
    record(TopicTaken(topic=found.pk, entry=entry.pk, by=by.id, at=at))
    return entry


@transaction.atomic
def topics_written(*, entries: Collection[UUID], at: datetime) -> list[UUID]:
    """Topics whose entries are published now and were not before. In the organisation we act for; a second run finds none."""
    rows = Topic.objects.select_for_update().filter(entry__in=list(entries), entry__state=State.PUBLISHED, state=TopicState.WRITING)
    found = list(rows.order_by("pk"))
    for topic in found:
        topic.written_at = at
        _stand(topic, TopicState.WRITTEN)
        topic.save(update_fields=["written_at"])
        if topic.entry_id:
            record(TopicWritten(topic=topic.pk, entry=topic.entry_id, at=at))
    return [one.pk for one in found]


def _named(title: str, details: str, at: datetime) -> Topic:
    said = _title(title)
    key = addresses.fold(said)[:160]
    topic, _made = Topic.objects.get_or_create(key=key, defaults={"title": said, "details": tidy(details)[:LONGEST_DETAILS], "at": at})
    return topic


def _title(title: str) -> str:
    said = " ".join(tidy(title).split())[:LONGEST_TITLE]
    if len(said) < SHORTEST:
        raise Refusal(_("Say in a few words what you would like to read about."), field="title")
    return said


def _take_vote(topic: Topic, voter: str, at: datetime) -> bool:
    _vote, is_new = TopicVote.objects.get_or_create(topic=topic, voter=voter, defaults={"at": at})
    if is_new:
        Topic.objects.filter(pk=topic.pk).update(votes=F("votes") + 1)
    return is_new


def _stand(topic: Topic, state: TopicState) -> None:
    topic.state = state
    topic.published = is_shown(topic.organisation_id) and state in SHOWN_TOPICS
    topic.save(update_fields=["state", "published"])


def _own(by: Member, topic: UUID) -> Topic:
    found = (
        Topic.objects.select_for_update(of=("self",)).filter(organisation_id=by.organisation.pk, pk=topic).select_related("entry").first()
    )
    if found is None:
        raise NotFound
    return found
