"""What came in, and who is suppressed because of what."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oportuno.people.messaging.models import Incoming, Suppression
from oportuno.people.messaging.queries import PAGE
from oportuno.people.organisations.api import Member

KINDS = {
    "bounce": _("Came back"),
    "arf": _("Complaints"),
    "autoreply": _("Automatic answers"),
    "none": pgettext_lazy("incoming mail", "Letters"),
    "delivered": _("Receipts"),
}
REASONS = {
    "bounce": _("its address does not exist"),
    "soft bounces": _("it failed on three days within a month"),
    "complaint": _("its reader called a mail spam"),
    "stop": _("its owner answered stop"),
    "by hand": _("somebody of you wrote it down"),
}
Place = tuple[datetime, UUID] | None


def incoming_of(member: Member, *, kind: str = "", before: Place = None, size: int = PAGE) -> list[Incoming]:
    """The newest first; one more than a page, if there is more."""
    rows = Incoming.objects.filter(organisation_id=member.organisation.pk).select_related("message").defer("message__text", "message__html")
    if kind:
        rows = rows.filter(kind=kind)
    if before:
        rows = rows.filter(Q(at__lt=before[0]) | Q(at=before[0], pk__lt=before[1]))
    return list(rows.order_by("-at", "-pk")[: size + 1])


def suppressed_of(member: Member, *, q: str = "", before: Place = None) -> list[Suppression]:
    """The newest first, each with what its server said last; one more than a page, if there is more."""
    last = Incoming.objects.filter(organisation_id=member.organisation.pk, recipient=OuterRef("key")).order_by("-at").values("told")[:1]
    rows = Suppression.objects.filter(organisation_id=member.organisation.pk).annotate(told=Subquery(last))
    if q:
        rows = rows.filter(key__contains=q.lower())
    if before:
        rows = rows.filter(Q(at__lt=before[0]) | Q(at=before[0], pk__lt=before[1]))
    return list(rows.order_by("-at", "-pk")[: PAGE + 1])
