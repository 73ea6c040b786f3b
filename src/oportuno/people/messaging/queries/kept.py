"""What messaging keeps of contacts, as they may read it."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from oportuno.people.audience.api import Kept
from oportuno.people.messaging.models import MailOutcome, ReaderWish

MOST = 300


def kept_reading(contacts: Collection[UUID]) -> list[Kept]:
    """Bulletins that these contacts opened, and what they wish of mail; two queries."""
    read = MailOutcome.objects.filter(message__contact__in=contacts, opened_at__isnull=False).select_related("message", "frame")
    found = [
        Kept(
            contact=one.message.contact_id, kind=_("Bulletin opened"), title=one.frame.subject, at=one.opened_at,
            words=((_("Links followed"), date_format(one.clicked_at)),) if one.clicked_at else (),
        )
        for one in read.order_by("-opened_at")[:MOST] if one.message.contact_id and one.opened_at
    ]  # fmt: skip
    wishes = ReaderWish.objects.filter(contact__in=contacts)[:MOST]
    return found + [Kept(one.contact_id, _("Wish about mail"), str(one.get_pace_display()), (), one.at) for one in wishes]
