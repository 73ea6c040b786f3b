"""Counting texts against their caps, in the transaction that means to send them: a crowd is counted one by one."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F

from oportuno.people.messaging.models import TextCount
from oportuno.people.messaging.rules.caps import Cap

TAKE = """
INSERT INTO text_count AS t (key, count, until) VALUES (%s, 1, %s)
ON CONFLICT (key) DO UPDATE SET count = t.count + 1 WHERE t.count < %s RETURNING count
"""


class _Full(Exception):
    pass


def digest_of(number: str) -> str:
    """A number that nobody can read back, the same for the same number."""
    return hmac.new(settings.SECRET_KEY.encode(), f"number {number}".encode(), hashlib.sha256).hexdigest()


def take_text(caps: Sequence[Cap], at: datetime) -> str:
    """One more text against all of these, or the name of the cap that is reached; then none of them counts it."""
    full = ""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for cap in sorted(caps, key=lambda one: one.name):  # one order, so that two crowds never wait for each other
                cursor.execute(TAKE, [*_key(cap, at), cap.most])
                if cap.most < 1 or cursor.fetchone() is None:
                    full = cap.name
                    raise _Full
    except _Full:
        return full
    return ""


def give_back(caps: Sequence[Cap], at: datetime) -> None:
    """What was counted at this moment and did not go out counts no more."""
    keys = [_key(cap, at)[0] for cap in sorted(caps, key=lambda one: one.name)]
    TextCount.objects.filter(pk__in=keys, count__gt=0).update(count=F("count") - 1)


def _key(cap: Cap, at: datetime) -> tuple[str, datetime]:
    """What a cap counts under at a moment, and until when."""
    window, until = cap.window(at)
    return f"{cap.name[:20]} {digest_of(cap.subject)[:48]} {window}"[:100], until


def forget_counts(at: datetime) -> int:
    """Remove the counts of times that are over; how many."""
    return int(TextCount.objects.filter(until__lt=at).delete()[0])
