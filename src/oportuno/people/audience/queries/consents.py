"""Where contacts stand, and the evidence for it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db.models import OuterRef, Subquery

from oportuno.kernel.isolation import acting_organisation
from oportuno.people.audience.models import Consent, ConsentState, Contact, Deed, Identity, Note, Question, QuestionState, Standing


def may_receive(contact: UUID, *, channel: str, purpose: str) -> bool:
    """Has this contact of the organisation we act for agreed, and not taken it back? One index look-up."""
    return ConsentState.objects.filter(
        organisation_id=acting_organisation(), contact=contact, channel=channel, purpose=purpose, standing=Standing.GIVEN
    ).exists()


def agreed(*, channel: str, purpose: str, after: UUID | None = None, size: int = 5000) -> list[UUID]:
    """Who agreed to this and did not take it back, by id, beginning after one of them. One walk along an index."""
    standing = ConsentState.objects.filter(organisation_id=acting_organisation(), channel=channel, purpose=purpose, standing=Standing.GIVEN)
    found = standing if after is None else standing.filter(contact__gt=after)
    return list(found.order_by("contact").values_list("contact_id", flat=True)[:size])


def count_agreed(*, channel: str, purpose: str) -> int:
    """How many they are."""
    return ConsentState.objects.filter(
        organisation_id=acting_organisation(), channel=channel, purpose=purpose, standing=Standing.GIVEN
    ).count()


def last_word(*, contact: OuterRef, channel: str, purpose: OuterRef, at: OuterRef, grace: timedelta) -> Subquery:
    """For a query over something else: the deed that counted then. A withdrawal counts `grace` later; None: never agreed."""
    evidence = Consent.objects.filter(contact=contact, channel=channel, purpose=purpose, at__lte=at).exclude(deed=Deed.ASKED)
    in_force = evidence.exclude(deed=Deed.WITHDRAWN, at__gt=at - grace)
    return Subquery(in_force.order_by("-at", "-pk").values("deed")[:1])


def standings_of(contact: Contact) -> list[ConsentState]:
    return list(ConsentState.objects.filter(organisation_id=contact.organisation_id, contact=contact).order_by("purpose", "channel"))


def evidence_of(contact: Contact) -> list[Consent]:
    """All evidence, the newest first."""
    return list(Consent.objects.filter(organisation_id=contact.organisation_id, contact=contact).order_by("-at", "-pk")[:200])


def identities_of(contact: Contact) -> list[Identity]:
    return list(Identity.objects.filter(organisation_id=contact.organisation_id, contact=contact).order_by("kind", "created_at")[:50])


def notes_of(contact: Contact) -> list[Note]:
    return list(Note.objects.filter(organisation_id=contact.organisation_id, contact=contact).order_by("-at", "-pk")[:50])


def questions_of(contact: Contact) -> list[Question]:
    """What the contact asked, as the organisation may see it: confirmed ones only."""
    return list(
        Question.objects.filter(organisation_id=contact.organisation_id, contact=contact)
        .exclude(state=QuestionState.UNCONFIRMED)
        .order_by("-asked_at")[:20]
    )
