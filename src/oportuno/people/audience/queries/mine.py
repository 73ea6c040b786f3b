"""What the organisations of the market hold of a person who signs in, for herself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from oportuno.kernel.errors import NotFound
from oportuno.kernel.isolation import for_market, for_organisation, for_person
from oportuno.people.audience.models import Consent, ConsentState, Contact, Identity, Note, Question
from oportuno.people.audience.queries.keepers import Kept, kept_of
from oportuno.people.audience.queries.timeline import timeline_of
from oportuno.people.organisations.api import Organisation

PAGE = 20
MOST_TOLD = 5_000  # facts of a contact, the latest


@dataclass(frozen=True)
class Held:
    """What one organisation knows of me, and what I agreed to there."""

    organisation: Organisation
    contact: Contact
    consents: Sequence[ConsentState]
    questions: Sequence[Question]
    kept: Sequence[Kept] = ()
    notes: Sequence[Note] = ()
    """What members wrote down about me is about me: I read the words, not who wrote them (Colombia's Law 1581, article 8; GDPR, article 15)."""


def held_of(person: UUID) -> list[Held]:
    """Every contact that leads to the person, by organisation; some queries for each app that keeps something, however many they are."""
    with for_person(person):
        contacts = list(Contact.objects.filter(person_id=person).order_by("created_at")[:500])
        consents = list(ConsentState.objects.filter(person_id=person).order_by("purpose"))
        questions = list(Question.objects.filter(person_id=person).order_by("-asked_at")[:500])
    return _held(contacts, consents, questions)


def held_at(email: str) -> list[Held]:
    """The same for whoever has proved the address now, account or not; an address that is shared leads to its first owner alone."""
    with for_market("the owner of a proved address sees what is kept under it"):
        contacts = list(_contacts_of(email).order_by("created_at")[:500])
        ids = [contact.pk for contact in contacts]
        consents = list(ConsentState.objects.filter(contact__in=ids).order_by("purpose"))
        questions = list(Question.objects.filter(contact__in=ids).order_by("-asked_at")[:500])
    return _held(contacts, consents, questions)


def held_by(email: str, contact: UUID) -> Contact:
    """One of those under the address, or NotFound."""
    with for_market("the owner of a proved address governs what is kept under it"):
        found = _contacts_of(email).filter(pk=contact).first()
    if found is None:
        raise NotFound
    return found


def _contacts_of(email: str) -> QuerySet[Contact]:
    return Contact.objects.filter(pk__in=Identity.objects.filter(kind="email", key=email, shared=False).values("contact_id"))


def _held(contacts: Sequence[Contact], consents: Sequence[ConsentState], questions: Sequence[Question]) -> list[Held]:
    ids = [contact.pk for contact in contacts]
    kept = kept_of(ids)
    with for_market("a person reads what members of each organisation noted about her"):
        notes = list(Note.objects.filter(contact__in=ids).defer("by_id", "by_name").order_by("-at", "-pk")[:MOST_TOLD]) if ids else []
    owners = Organisation.objects.in_bulk([contact.organisation_id for contact in contacts])
    return [
        Held(
            owners[contact.organisation_id],
            contact,
            [one for one in consents if one.contact_id == contact.pk],
            [one for one in questions if one.contact_id == contact.pk],
            [one for one in kept if one.contact == contact.pk],
            [one for one in notes if one.contact_id == contact.pk],
        )
        for contact in contacts
    ]


@dataclass(frozen=True)
class Asked:
    """A question of mine, and whom I asked."""

    question: Question
    organisation: Organisation


def questions_of_person(person: UUID, *, before: tuple[datetime, UUID] | None = None) -> list[Asked]:
    """What the person asked, whomever: the newest first; one more than a page, if there is more."""
    with for_person(person):
        asked = Question.objects.filter(person_id=person)
        if before:
            asked = asked.filter(Q(asked_at__lt=before[0]) | Q(asked_at=before[0], pk__lt=before[1]))
        rows = list(asked.order_by("-asked_at", "-pk")[: PAGE + 1])
    owners = Organisation.objects.in_bulk({one.organisation_id for one in rows})
    return [Asked(one, owners[one.organisation_id]) for one in rows]


def held_contact(person: UUID, contact: UUID) -> Contact:
    """One of the person's own contacts, or NotFound."""
    with for_person(person):
        found = Contact.objects.filter(person_id=person, pk=contact).first()
    if found is None:
        raise NotFound
    return found


def export_of(person: UUID) -> dict[str, Any]:
    """All of it, with the evidence of each consent, ready for JSON. Of members' notes the words, and not who wrote them."""
    return {"person": str(person), "organisations": [_export(held) for held in held_of(person)]}


def export_by(email: str) -> dict[str, Any]:
    """The same for whoever has proved the address now."""
    return {"address": email, "organisations": [_export(held) for held in held_at(email)]}


def _export(held: Held) -> dict[str, Any]:
    contact = held.contact
    with for_organisation(held.organisation.pk):
        identities = list(Identity.objects.filter(contact=contact).values("kind", "value", "created_at", "verified_at"))
        columns = ("channel", "purpose", "topics", "deed", "how", "words", "version", "language", "address", "agent", "at")
        history = timeline_of(contact, size=MOST_TOLD).facts
        evidence = list(Consent.objects.filter(contact=contact).order_by("at").values(*columns))
    return {
        "organisation": held.organisation.name,
        "name": contact.display_name,
        "given_name": contact.given_name,
        "family_name": contact.family_name,
        "company": contact.company_name,
        "position": contact.job_title,
        "fields": contact.fields,
        "stage": contact.stage,
        "tags": contact.tags,
        "language": contact.language,
        "country": contact.country,
        "place": contact.place,
        "source": contact.source,
        "known_since": contact.created_at,
        "addresses": identities,
        "consents": evidence,
        "questions": [
            {"asked": one.text, "asked_at": one.asked_at, "about": one.about_label, "answer": one.answer, "answered_at": one.answered_at}
            for one in held.questions
        ],
        "notes": [{"at": one.at, "text": one.text} for one in held.notes],
        "history": [{"at": one.at, "kind": one.kind, "what": one.title} for one in history],
        "kept": [{"kind": one.kind, "title": one.title, "words": one.words, "at": one.at} for one in held.kept],
    }
