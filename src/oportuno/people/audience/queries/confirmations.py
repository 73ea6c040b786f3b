"""What a link in a mail would confirm."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from oportuno.kernel.errors import NotFound
from oportuno.kernel.isolation import for_market
from oportuno.people.audience.models import Confirmation, Consent, Contact, Question, QuestionState
from oportuno.people.organisations.api import Organisation


@dataclass(frozen=True)
class Pending:
    """A link: whose it is, what it would confirm, and whether it still can."""

    id: UUID
    organisation: Organisation
    purposes: list[str]
    questions: list[Question]
    expires_at: datetime
    used: bool


WAITING = timedelta(days=7)


def digest_of(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def pending(token: str) -> Pending:
    """What the link confirms; reading it changes nothing. Raises NotFound for a link nobody sent."""
    with for_market("a link in a mail does not say which organisation sent it"):
        row = Confirmation.objects.filter(token_digest=digest_of(token)).first()
        if row is None:
            raise NotFound
        questions = waiting_questions(row.contact, row.at)
        purposes = list(Consent.objects.filter(pk__in=row.asked).order_by("pk").values_list("purpose", flat=True))
    owner = Organisation.objects.get(pk=row.organisation_id)
    return Pending(row.pk, owner, purposes, questions, row.expires_at, row.used_at is not None)


def waiting_questions(contact: Contact, at: datetime) -> list[Question]:
    """What was asked in this contact's name within a week and still waits for his word."""
    asked = Question.objects.filter(contact=contact, state=QuestionState.UNCONFIRMED, asked_at__gt=at - WAITING)
    return list(asked.order_by("asked_at")[:10])
