"""Somebody who spoke here is forgotten."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Q

from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.offer.sites.actions.commenting import recount_comments
from oportuno.offer.sites.models import Comment, CommentSender, TopicAsker
from oportuno.people.audience.api import Contact, identities_of


def forget_contact(*, contact: UUID) -> None:
    """What a contact of the organisation we act for said below posts, and the topics he waits for. Topics stay: they name nobody."""
    found = Contact.objects.filter(pk=contact).first()
    addresses = [one.key for one in identities_of(found) if one.kind == "email"] if found else []
    said = CommentSender.objects.filter(Q(contact_id=contact) | Q(email__in=addresses))
    _remove(list(said.values_list("comment_id", flat=True)))
    TopicAsker.objects.filter(contact_id=contact).delete()


def forget_person(person: UUID, addresses: Collection[str]) -> None:
    """What a person who leaves said below posts of any organisation, but for what she said as one of its team: that stays signed.

    `addresses` are hers, proved. Acts for each organisation in turn.
    """
    keys = [one.strip().lower() for one in addresses]
    with for_market("a person leaves whichever blogs she commented on"):
        sent = CommentSender.objects.filter(email__in=keys).exclude(email="").values("comment_id")
        said = Comment.objects.filter(Q(person_id=person, author__isnull=True) | Q(pk__in=sent))
        owned: dict[int, list[Any]] = {}
        for organisation, comment in said.values_list("organisation_id", "pk"):
            owned.setdefault(organisation, []).append(comment)
        waiting = list(TopicAsker.objects.filter(email__in=keys).values_list("organisation_id", "pk"))
    for organisation, comments in owned.items():
        with for_organisation(organisation):
            _remove(comments)
    for organisation, asker in waiting:
        with for_organisation(organisation):
            TopicAsker.objects.filter(pk=asker).delete()


def _remove(comments: list[UUID]) -> None:
    """Replies of others stay, no longer below it."""
    rows = Comment.objects.filter(pk__in=comments)
    entries = {organisation: set[UUID]() for organisation in rows.values_list("organisation_id", flat=True)}
    for organisation, entry in rows.values_list("organisation_id", "entry_id"):
        entries[organisation].add(entry)
    rows.delete()
    for organisation, those in entries.items():
        recount_comments(organisation, those)
