"""What segments keep of a contact: that it is in them."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from oportuno.people.audience.api import Kept
from oportuno.people.segments.models import Segment, SegmentMember

MOST = 500


def kept_of(contacts: Collection[UUID]) -> list[Kept]:
    """The segments of these contacts; two queries."""
    held = list(SegmentMember.objects.filter(contact_id__in=list(contacts)).values_list("contact_id", "segment_id", "since")[:MOST])
    names = dict(Segment.objects.filter(pk__in={segment for _c, segment, _s in held}, deleted_at__isnull=True).values_list("pk", "name"))
    words = (("", _("The organisation counts you among these people.")),)
    return [
        Kept(contact, pgettext("kept of a contact", "Segment"), names[segment], words, since)
        for contact, segment, since in held
        if segment in names
    ]
