"""What segments keep of a contact: that it is in them, and how often it did what."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from oportuno.people.audience.api import Kept
from oportuno.people.segments.models import ContactDeed, Segment, SegmentMember
from oportuno.people.segments.queries.deeds import deeds
from oportuno.people.segments.queries.done import number_of
from oportuno.people.segments.queries.words import times

MOST = 500


def kept_of(contacts: Collection[UUID]) -> list[Kept]:
    """The segments of these contacts, and what they did; three queries."""
    return [*_segments_of(contacts), *_deeds_of(contacts)]


def _segments_of(contacts: Collection[UUID]) -> list[Kept]:
    held = list(SegmentMember.objects.filter(contact_id__in=list(contacts)).values_list("contact_id", "segment_id", "since")[:MOST])
    names = dict(Segment.objects.filter(pk__in={segment for _c, segment, _s in held}, deleted_at__isnull=True).values_list("pk", "name"))
    words = (("", _("The organisation counts you among these people.")),)
    return [
        Kept(contact, pgettext("kept of a contact", "Segment"), names[segment], words, since)
        for contact, segment, since in held
        if segment in names
    ]


def _deeds_of(contacts: Collection[UUID]) -> list[Kept]:
    names = {number_of(one): str(one.said) for one in deeds().values()}
    rows = ContactDeed.objects.filter(contact_id__in=list(contacts), about="", deed__in=list(names))
    return [
        Kept(contact, pgettext("kept of a contact", "What you did"), names[deed][:1].upper() + names[deed][1:], (("", times(count)),), last)
        for contact, deed, count, last in rows.values_list("contact_id", "deed", "times", "last")[:MOST]
    ]
