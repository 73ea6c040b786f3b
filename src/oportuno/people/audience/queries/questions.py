"""Questions that sellers got, and those that everybody may read with their answers."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from oportuno.kernel.errors import NotFound
from oportuno.kernel.statements import Statement
from oportuno.people.audience.models import AnswerHours, PublishedAnswer, Question, QuestionState
from oportuno.people.audience.queries import ports
from oportuno.people.audience.rules.promises import Hours
from oportuno.people.organisations.api import Member, Organisation

PAGE = 30
MOST_SHOWN = 10  # answers on one page


def hours_of(organisation: Organisation) -> Hours:
    """When the organisation we act for answers; Monday to Friday, 8 to 18, within 8 hours, until it says otherwise.

    What its public profile promises comes before what stands here.
    """
    found = AnswerHours.objects.filter(organisation_id=organisation.pk).first() or AnswerHours(organisation_id=organisation.pk)
    within = ports.promised_hours(organisation) or found.within_hours
    return Hours(frozenset(found.weekdays), found.opens, found.closes, within, organisation.time_zone)


def question_for(member: Member, question: UUID) -> Question:
    """One question of the member's organisation, whose asker confirmed his address; or NotFound."""
    found = Question.objects.filter(organisation_id=member.organisation.pk, pk=question).exclude(state=QuestionState.UNCONFIRMED)
    if (row := found.select_related("contact").first()) is None:
        raise NotFound
    return row


def open_questions(member: Member, *, after: tuple[datetime, UUID] | None = None) -> list[Question]:
    """The questions that wait, the most urgent first; one more than a page, if there is more."""
    waiting = Question.objects.filter(organisation_id=member.organisation.pk, state=QuestionState.OPEN).select_related("contact")
    if after:
        waiting = waiting.filter(Q(due_at__gt=after[0]) | Q(due_at=after[0], pk__gt=after[1]))
    return list(waiting.order_by("due_at", "pk")[: PAGE + 1])


def settled_questions(member: Member, state: str, *, before: tuple[datetime, UUID] | None = None) -> list[Question]:
    """Answered or closed ones, the newest first; one more than a page, if there is more."""
    settled = Question.objects.filter(organisation_id=member.organisation.pk, state=state).select_related("contact")
    if before:
        settled = settled.filter(Q(asked_at__lt=before[0]) | Q(asked_at=before[0], pk__lt=before[1]))
    return list(settled.order_by("-asked_at", "-pk")[: PAGE + 1])


def count_open(*, at_most: int = 99) -> int:
    """Questions that wait in the organisation we act for; never counts beyond `at_most`."""
    return Question.objects.filter(state=QuestionState.OPEN)[:at_most].count()


ANSWERED: Statement[PublishedAnswer] = Statement(
    lambda own: PublishedAnswer.objects.filter(organisation_id=own, published=True).order_by("-at")[:MOST_SHOWN]
)
ABOUT: Statement[PublishedAnswer] = Statement(
    lambda own, kind, about: PublishedAnswer.objects.filter(organisation_id=own, published=True, about_kind=kind, about_id=about).order_by(
        "-at"
    )[:MOST_SHOWN]
)


def published_answers(organisation: int, *, about_kind: str = "", about_id: str = "", limit: int = MOST_SHOWN) -> list[PublishedAnswer]:
    """What everybody may read: about one product, or (without one) anything the seller was asked; the newest first."""
    if about_kind:
        return ABOUT.all(own=organisation, kind=about_kind, about=about_id)[:limit]
    return ANSWERED.all(own=organisation)[:limit]


def published_answer_of(question: Question) -> PublishedAnswer | None:
    return PublishedAnswer.objects.filter(question=question).first()
