"""Counting passwords tried and codes asked for (threat T07): so many per account in fifteen minutes, from whatever networks."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import connection, transaction

from oportuno.people.organisations import rules
from oportuno.people.organisations.models import Guess


@transaction.atomic
def guess(*, account: bytes, at: datetime, most: int = rules.GUESSES) -> Guess | None:
    """Take one of `most` tries, or None when they are used up. Counted before anything is looked at, one at a time per account."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(account[:8], "big", signed=True)])
    if Guess.objects.filter(account=account, at__gt=at - rules.GUESSES_WITHIN).count() >= most:
        return None
    return Guess.objects.create(account=account, at=at)


def ask_for_code(*, address: str, at: datetime) -> bool:
    """Whether one more code may be sent to this address, whosever it is: nobody fills somebody's inbox."""
    account = hashlib.sha256(f"code\n{address.strip().lower()}".encode()).digest()
    return guess(account=account, at=at, most=rules.CODES) is not None


def take_back(taken: Guess | None) -> None:
    """The password was right: that try does not count."""
    if taken is not None and taken.pk:
        taken.delete()


def forget_guesses(*, account: bytes) -> None:
    """She has set a new password: all tries on the old one are of no interest."""
    Guess.objects.filter(account=account).delete()
