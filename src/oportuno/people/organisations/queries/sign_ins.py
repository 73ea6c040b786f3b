"""Where somebody is signed in."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from oportuno.people.organisations import rules
from oportuno.people.organisations.models import SignIn


def sign_ins_of(person: UUID, *, at: datetime) -> list[SignIn]:
    """Her living sign-ins, the last used first; at most 50."""
    living = SignIn.objects.filter(person_id=person, ended_at__isnull=True, seen_at__gt=at - rules.SESSION_LASTS)
    return list(living.order_by("-seen_at")[:50])
