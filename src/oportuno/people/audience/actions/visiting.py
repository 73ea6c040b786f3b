"""Visitors: agreeing to be recognised, taking it back, and saying who one is."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from oportuno.kernel.errors import TooMany
from oportuno.kernel.facts import record
from oportuno.people.audience.facts import VisitorIdentified
from oportuno.people.audience.models import KnownVisitor, Pace, Visitor

NOTICE_VERSION = "2026-11"  # of the words in audience/parts/notice.html


def accept_notice(*, language: str, at: datetime) -> Visitor:
    """A browser's owner agreed to be recognised; the row is the evidence, its id goes into the cookie."""
    return Visitor.objects.create(accepted_at=at, notice_version=NOTICE_VERSION, language=language)


def refuse_notice(*, visitor: UUID | None, at: datetime) -> None:
    """Said no, or took it back: an id that was given is worth nothing any more."""
    if visitor:
        Visitor.objects.filter(pk=visitor, withdrawn_at__isnull=True).update(withdrawn_at=at)


@transaction.atomic
def identify(*, visitor: UUID, contact: UUID, at: datetime) -> None:
    """In the organisation we act for, this visitor is that contact from now on."""
    known = KnownVisitor.objects.filter(visitor_id=visitor).values_list("contact_id", flat=True).first()
    if known == contact:
        return
    KnownVisitor.objects.bulk_create(
        [KnownVisitor(visitor_id=visitor, contact_id=contact, at=at)],
        update_conflicts=True,
        unique_fields=["organisation_id", "visitor_id"],
        update_fields=["contact", "at"],
    )
    record(VisitorIdentified(contact=contact, visitor=visitor, at=at))


def keep_pace(what: str, whence: str, *, limit: int, within: timedelta, at: datetime) -> None:
    """Count one more `what` from `whence`; raises TooMany beyond `limit` in that time. One statement, whatever the crowd."""
    key = hashlib.sha256(f"{what}\0{whence}".encode()).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO audience_pace AS p (key, since, times) VALUES (%s, %s, 1)
               ON CONFLICT (key) DO UPDATE SET times = CASE WHEN p.since <= %s THEN 1 ELSE p.times + 1 END,
                                              since = CASE WHEN p.since <= %s THEN EXCLUDED.since ELSE p.since END
               RETURNING times""",
            [key, at, at - within, at - within],
        )
        times = int(cursor.fetchone()[0])
    if times > limit:
        raise TooMany(_("That was often. Please try again in a few minutes."), retry_after=int(within.total_seconds()))


def forget_pace(at: datetime) -> int:
    """Remove counts older than a day; how many."""
    return Pace.objects.filter(since__lt=at - timedelta(days=1)).delete()[0]
