"""Contacts by their ids, and what a tree says and counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import get_language

from oportuno.kernel.isolation import acting_organisation
from oportuno.people.audience.api import Contact, fields_of
from oportuno.people.organisations.api import Member
from oportuno.people.segments.queries.choosing import bounded, count_of
from oportuno.people.segments.queries.segments import segments_for
from oportuno.people.segments.queries.sentences import Known, tree_in_words
from oportuno.people.segments.queries.things import circumstances, things_of
from oportuno.people.segments.queries.vertical import personas, topics
from oportuno.people.segments.rules.meaning import meaning_of
from oportuno.people.segments.rules.tree import Group


def people_of(ids: Sequence[UUID]) -> list[Contact]:
    """In the order of the ids; read as the organisation, so that an id of somebody else's shows nothing."""
    found: dict[Any, Contact] = {one.pk: one for one in Contact.objects.filter(organisation_id=acting_organisation(), pk__in=list(ids))}
    return [found[one] for one in ids if one in found]


def known_for(member: Member) -> Known:
    """What sentences of this organisation need to name things."""
    language, organisation = get_language() or "es", member.organisation.pk
    return Known(
        things=things_of(organisation),
        fields={one.key: one.label for one in fields_of(organisation)},
        segments={str(one.pk): str(one) for one in segments_for(member)},
        personas=dict(personas(language)),
        topics=dict(topics(language)),
    )


def counted(member: Member, root: Group, *, at: datetime) -> tuple[int, str]:
    """How many a tree means now, and what it says. Raises TooSlow."""
    known = known_for(member)
    organisation = member.organisation.pk
    with bounded():
        return count_of(organisation, meaning_of(root, known.things, circumstances(organisation, at))), tree_in_words(root, known)
