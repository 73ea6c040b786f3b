"""The team hears of comments, and readers of replies, when they asked to."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from oportuno.offer.sites.models import Comment, CommentSender, CommentState, Entry
from oportuno.offer.sites.queries.addresses import whole_address
from oportuno.people.audience.api import Purpose, may_receive
from oportuno.people.messaging.api import send
from oportuno.people.organisations.api import Organisation, Person, people_who_may


def tell_of_comment(*, comment: UUID, at: datetime) -> int:
    """Mail the author of the post, and who decides, that a comment waits; once an hour for each post. How many were written to.

    In the organisation we act for. Nothing when it has been decided already.
    """
    found = Comment.objects.filter(pk=comment, state=CommentState.WAITING).select_related("entry__author").first()
    if found is None:
        return 0
    organisation = Organisation.objects.get(pk=found.organisation_id)
    listeners = _listeners(organisation, found.entry)
    for person in listeners:
        _tell_member(person, found, organisation, at)
    return len(listeners)


def tell_of_replies(*, comments: Collection[UUID], at: datetime) -> int:
    """Mail those whose comments were replied to, if they asked for it and agreed; how many. Twice is once."""
    replies = Comment.objects.filter(pk__in=list(comments), state=CommentState.APPROVED, published=True, parent__isnull=False)
    found = list(replies.select_related("entry"))
    senders = {
        one.comment_id: one
        for one in CommentSender.objects.filter(comment__in=[one.parent_id for one in found], follows=True).select_related("comment")
    }
    told = 0
    for reply in found:
        sender = senders.get(reply.parent_id) if reply.parent_id else None
        if sender and not _is_same_writer(reply, sender) and _may_hear(sender):
            told += _tell_reader(reply, sender, at)
    return told


def _listeners(organisation: Organisation, entry: Entry) -> list[Person]:
    writers = {one.pk: one for one in people_who_may(organisation, "write content")}
    author = writers.get(entry.author.person_id) if entry.author and entry.author.person_id else None
    return [author] if author else list(people_who_may(organisation, "publish content"))


def _tell_member(person: Person, comment: Comment, organisation: Organisation, at: datetime) -> None:
    with translation.override(person.language):
        context = {
            "title": comment.entry.title,
            "name": comment.name,
            "text": comment.text,
            "link": settings.ORIGIN + reverse("sites:comments", args=[organisation.slug]),
        }
    send(
        template="sites/mail/comment.txt", to=person.email, organisation=organisation.pk, context=context, language=person.language,
        key=f"comment:{comment.entry_id}:{person.pk}:{at:%Y%m%d%H}", at=at, purpose="service",
    )  # fmt: skip


def _is_same_writer(reply: Comment, sender: CommentSender) -> bool:
    own = CommentSender.objects.filter(comment=reply).values_list("email", flat=True).first()
    return bool(own and own == sender.email) or (reply.person_id is not None and reply.person_id == sender.comment.person_id)


def _may_hear(sender: CommentSender) -> bool:
    return sender.contact_id is not None and may_receive(sender.contact_id, channel="email", purpose=Purpose.REPLIES)


def _tell_reader(reply: Comment, sender: CommentSender, at: datetime) -> int:
    organisation = Organisation.objects.get(pk=reply.organisation_id)
    context = {
        "name": reply.name,
        "title": reply.entry.title,
        "text": reply.text,
        "link": f"{whole_address(organisation, reply.entry.path)}#comentario-{reply.pk}",
    }
    send(
        template="sites/mail/reply.txt", to=sender.email, organisation=organisation.pk, context=context,
        language=sender.language or "es-co", key=f"reply:{reply.pk}", at=at, purpose="marketing", agreed_to=Purpose.REPLIES,
        contact=sender.contact_id,
    )  # fmt: skip
    return 1
