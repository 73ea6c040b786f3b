"""Counting passwords tried (threat T07): at most ten per account in fifteen minutes, whatever network they come from."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction

from oportuno.people.organisations import rules
from oportuno.people.organisations.models import Guess


@transaction.atomic
def guess(*, account: bytes, at: datetime) -> Guess | None:
    """Take one try, or None when they are used up. Counted before the password is looked at, one at a time per account."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(account[:8], "big", signed=True)])
    if Guess.objects.filter(account=account, at__gt=at - rules.GUESSES_WITHIN).count() >= rules.GUESSES:
        return None
    return Guess.objects.create(account=account, at=at)


def take_back(taken: Guess | None) -> None:
    """The password was right: that try does not count."""
    if taken is not None and taken.pk:
        taken.delete()


def forget_guesses(*, account: bytes) -> None:
    """She has set a new password: all tries on the old one are of no interest."""
    Guess.objects.filter(account=account).delete()
