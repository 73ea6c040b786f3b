"""What became of an organisation's messages."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from oportuno.people.messaging.models import Message
from oportuno.people.organisations.api import Member

PAGE = 40


def messages_of(member: Member, *, state: str = "", before: tuple[datetime, UUID] | None = None, size: int = PAGE) -> list[Message]:
    """The newest first, without their text; one more than a page, if there is more."""
    rows = Message.objects.filter(organisation_id=member.organisation.pk).defer("text", "html")
    if state:
        rows = rows.filter(state=state)
    if before:
        rows = rows.filter(Q(created_at__lt=before[0]) | Q(created_at=before[0], pk__lt=before[1]))
    return list(rows.order_by("-created_at", "-pk")[: size + 1])


def asked_place(text: str) -> tuple[datetime, UUID] | None:
    """Where a page begins, as it stands in an address; None for the first, and for nonsense."""
    moment, _tilde, identity = text.partition("~")
    try:
        return (datetime.fromisoformat(moment.replace(" ", "+")), UUID(identity)) if identity else None
    except ValueError:
        return None
