"""What one contact got of bulletins, and what he did with each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from oportuno.kernel.isolation import acting_organisation
from oportuno.people.messaging.models import MailOutcome, Message


@dataclass(frozen=True)
class Got:
    """One message of a bulletin. `at` is when it went out, else when it was meant; the others are the first time, by himself."""

    frame: UUID
    state: str
    state_words: str
    told: str
    at: datetime
    opened_at: datetime | None = None
    clicked_at: datetime | None = None
    left_at: datetime | None = None


def bulletins_of(contact: UUID, *, size: int = 10) -> list[Got]:
    """The latest first, of the organisation we act for; two queries by index."""
    rows = list(
        Message.objects.filter(organisation_id=acting_organisation(), contact=contact, frame__isnull=False)
        .order_by("-created_at", "-pk")
        .defer("text", "html")[:size]
    )
    did = {
        one.message_id: one
        for one in MailOutcome.objects.filter(organisation_id=acting_organisation(), message__in=[row.pk for row in rows])
    }
    return [_got(row, did.get(row.pk)) for row in rows]


def frames_of(messages: Sequence[UUID]) -> dict[UUID, UUID]:
    """Of these messages, those of a bulletin, each with its frame."""
    if not messages:
        return {}
    rows = Message.objects.filter(organisation_id=acting_organisation(), pk__in=messages, frame__isnull=False)
    return dict(rows.values_list("pk", "frame_id"))


def _got(row: Message, did: MailOutcome | None) -> Got:
    assert row.frame_id
    moments = (did.opened_at, did.clicked_at, did.left_at) if did else (None, None, None)
    return Got(row.frame_id, row.state, row.get_state_display(), row.told, row.sent_at or row.created_at, *moments)
