"""The seller's team hears of a question, and again before its promise breaks."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from oportuno.people.audience.actions.asking import break_promise
from oportuno.people.audience.models import Question, QuestionState, QuietMember
from oportuno.people.audience.queries import ports
from oportuno.people.audience.queries.promises import promised
from oportuno.people.organisations.api import Member, Organisation, Person, people_who_may

ASKED, REMINDER = "asked", "reminder"  # templates, and the names of the mails: one of each for a question and a person


def tell_team(*, question: UUID, mail: str, at: datetime) -> int:
    """Mail everybody who may answer and wants to hear of it, unless somebody has answered; how many were written to.

    In the organisation we act for. Twice is once: each mail's key is that of the question and the person.
    """
    found = _open(question)
    if found is None:
        return 0
    organisation = Organisation.objects.get(pk=found.organisation_id)
    quiet = set(QuietMember.objects.values_list("person_id", flat=True))
    listeners = [person for person in people_who_may(organisation, "answer") if person.pk not in quiet]
    for person in listeners:
        _write(person, found, organisation, mail, at)
    return len(listeners)


def watch_promise(*, question: UUID, at: datetime) -> bool:
    """The promised moment came: whether it broke the promise."""
    found = _open(question)
    if found is None or not found.is_late(at) or found.broken_at:
        return False
    break_promise(found, at)
    found.save(update_fields=["broken_at"])
    return True


def set_notices(*, by: Member, wanted: bool) -> None:
    """Whether this member gets mail about the organisation's questions; nobody else's is touched."""
    if wanted:
        QuietMember.objects.filter(person_id=by.id).delete()
    else:
        QuietMember.objects.get_or_create(person_id=by.id)


def _open(question: UUID) -> Question | None:
    return Question.objects.select_for_update(of=("self",)).filter(pk=question, state=QuestionState.OPEN).select_related("contact").first()


def _write(person: Person, question: Question, organisation: Organisation, mail: str, at: datetime) -> None:
    with translation.override(person.language):
        context = {
            "organisation": organisation.name,
            "name": question.contact.display_name,
            "about": question.about_label,
            "question": question.text,
            "promised": promised(question, organisation),
            "link": settings.ORIGIN + reverse("audience:question", args=[organisation.slug, question.pk]),
            "switch": settings.ORIGIN + reverse("audience:notices", args=[organisation.slug]),
        }
    ports.post()(
        template=f"audience/mail/{mail}.txt",
        to=person.email,
        organisation=organisation.pk,
        context=context,
        language=person.language,
        key=f"{mail}:{question.pk}:{person.pk}",
        at=at,
        purpose="service",
    )
