"""Asking a seller, and answering."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from oportuno.kernel.errors import Conflict, Refusal
from oportuno.kernel.facts import record
from oportuno.kernel.jobs import defer
from oportuno.people.audience.actions.capturing import move_on
from oportuno.people.audience.facts import AnswerPromiseBroken, AnswerPublished, QuestionAnswered, QuestionAsked, QuestionClosed
from oportuno.people.audience.models import AnswerHours, Contact, PublishedAnswer, Question, QuestionState
from oportuno.people.audience.queries import ports
from oportuno.people.audience.queries.questions import hours_of
from oportuno.people.audience.rules import promises, stages
from oportuno.people.organisations.api import Member, Organisation

LONGEST_QUESTION, LONGEST_ANSWER = 2000, 5000


def open_question(question: Question, *, organisation: Organisation, contact: Contact, at: datetime) -> Question:
    """The asker's address is proved: the seller sees the question, and owes an answer by `due_at`."""
    question.state = QuestionState.OPEN
    hours = hours_of(organisation)
    question.opened_at = at
    question.due_at = promises.due_at(at, hours)
    question.person_id = contact.person_id
    question.save(update_fields=["state", "opened_at", "due_at", "person_id"])
    move_on(contact, stages.ASKED, reason="asked a question", at=at)
    record(QuestionAsked(question=question.pk, about_kind=question.about_kind, about=question.about_id, contact=contact.pk, at=at))
    defer("audience.tell_team", question=str(question.pk))
    defer("audience.remind_team", question=str(question.pk), at=promises.reminder_at(at, hours))
    defer("audience.watch_promise", question=str(question.pk), at=question.due_at)
    return question


@transaction.atomic
def answer_question(*, question: Question, text: str, by: Member, at: datetime) -> Question:
    """Answer once, by mail to the asker. Raises Conflict when somebody answered already, with nothing changed."""
    question = Question.objects.select_for_update().get(pk=question.pk)
    if question.state != QuestionState.OPEN:
        raise Conflict(_("Somebody answered this question already."))
    text = text.strip()
    if not text:
        raise Refusal(_("Write an answer first."), field="answer")
    if len(text) > LONGEST_ANSWER:
        raise Refusal(_("An answer has at most 5,000 characters."), field="answer")
    on_time = question.due_at is not None and at <= question.due_at
    question.state, question.answer, question.answered_at = QuestionState.ANSWERED, text, at
    question.answered_by_id, question.answered_by_name = by.id, by.person.name
    if not on_time:
        break_promise(question, at)
    question.save()
    record(QuestionAnswered(question=question.pk, on_time=on_time, contact=question.contact_id, by=by.id, at=at))
    _mail_answer(question, by.organisation, at)
    return question


def break_promise(question: Question, at: datetime) -> None:
    """The promised moment has gone by; told once, whoever notices it first. Saves nothing of the question."""
    if question.broken_at is None:
        question.broken_at = question.due_at
        record(AnswerPromiseBroken(question=question.pk, contact=question.contact_id, at=at))


@transaction.atomic
def close_question(*, question: Question, by: Member, at: datetime) -> Question:
    """Put away what deserves no answer. Nobody is told."""
    question = Question.objects.select_for_update().get(pk=question.pk)
    if question.state != QuestionState.OPEN:
        raise Conflict(_("This question is not open any more."))
    question.state = QuestionState.CLOSED
    question.save(update_fields=["state"])
    record(QuestionClosed(question=question.pk, contact=question.contact_id, by=by.id, at=at))
    return question


@transaction.atomic
def publish_answer(*, question: Question, asked: str, answered: str, by: Member, at: datetime) -> PublishedAnswer:
    """Show a question and its answer to everybody, in these words: whoever publishes has taken out what is personal."""
    if question.state != QuestionState.ANSWERED:
        raise Refusal(_("Answer the question before you publish it."))
    if not asked.strip() or not answered.strip():
        raise Refusal(_("Both the question and the answer need words."))
    shown, _is_new = PublishedAnswer.objects.update_or_create(
        question=question,
        defaults={
            "asked": asked.strip()[:LONGEST_QUESTION],
            "answered": answered.strip()[:LONGEST_ANSWER],
            "published": True,
            "about_kind": question.about_kind,
            "about_id": question.about_id,
            "at": at,
            "by_id": by.id,
        },
    )
    record(AnswerPublished(question=question.pk, by=by.id, at=at))
    return shown


def hide_answer(*, question: Question) -> None:
    """Show it to nobody any more; its words stay for the next time."""
    PublishedAnswer.objects.filter(question=question).update(published=False)


@transaction.atomic
def set_answer_hours(*, hours: promises.Hours, by: Member, at: datetime) -> None:
    """When the organisation we act for answers. Promises already made stay as they are."""
    if not hours.weekdays or hours.closes <= hours.opens or not 1 <= hours.within_hours <= 120:
        raise Refusal(_("Choose at least one day, a closing time after the opening time, and 1 to 120 hours."))
    new = {"weekdays": sorted(hours.weekdays), "opens": hours.opens, "closes": hours.closes, "within_hours": hours.within_hours}
    AnswerHours.objects.update_or_create(defaults=new)
    ports.promise_hours(by, hours.within_hours, at)


def about(kind: str, id: str, label: str) -> dict[str, str]:
    """What a question is about, cut to what its row holds."""
    return {"about_kind": kind[:20], "about_id": id[:64], "about_label": label[:200]} if kind and id else {}


def _mail_answer(question: Question, organisation: Organisation, at: datetime) -> None:
    ports.post()(
        template="audience/mail/answer.txt",
        to=question.contact.email,
        organisation=organisation.pk,
        context={
            "organisation": organisation.name,
            "about": question.about_label,
            "question": question.text,
            "answer": question.answer,
            "answered_by": question.answered_by_name,
        },
        language=question.language,
        key=f"answer:{question.pk}",
        at=at,
        contact=question.contact_id,
    )


def topics_known(wanted: Sequence[str], language: str) -> list[str]:
    """Of the topics that a form sent, those that exist."""
    known = {topic.key for topic in ports.topics(language)}
    return [key for key in wanted if key in known]
