"""Who asked, who follows and who wrote hear by mail. Twice is once: each mail's key says what it tells to whom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from oportuno.kernel.isolation import for_organisation, for_public
from oportuno.offer.experts.models import Answer, Expert, Listener, Point, PublicQuestion, QuestionState
from oportuno.offer.experts.queries.documents import teaser_of
from oportuno.offer.experts.queries.own_links import Asker, own_address, question_address
from oportuno.offer.experts.queries.shown import shown_answers, shown_experts, shown_questions
from oportuno.people.audience.api import Purpose, may_receive
from oportuno.people.messaging.api import send
from oportuno.people.organisations.api import Organisation, market_operator, people_who_may

STATES = {
    "received": QuestionState.WAITING,
    "shown": QuestionState.SHOWN,
    "declined": QuestionState.DECLINED,
    "joined": QuestionState.JOINED,
}
"""Mails to the asker, and the state in which each is still true."""
LONGEST_LIST, MOST_TOLD = 20_000, 500


def tell_asker(*, question: UUID, mail: str, at: datetime) -> int:
    """What became of the question, while it is still so; how many were written to. Acts for the operator."""
    found = PublicQuestion.objects.filter(pk=question, state=STATES[mail]).select_related("joined_to").first()
    if found is None:
        return 0
    organisation = Organisation.objects.get(pk=found.organisation_id)
    asker = Listener.objects.filter(question=found, asked=True).order_by("at").first()
    if asker is None or not may_receive(asker.contact_id, channel="email", purpose=Purpose.ANSWER):
        return 0
    other = found.joined_to
    context = {
        "organisation": organisation.name,
        "question": found.title,
        "reason": found.reason,
        "field": bool(found.field),
        "other": other.title if other else "",
        "own": own_address(Asker(found.pk, asker.contact_id), asker.language),
        "link": question_address((other or found).slug, asker.language),
    }
    _send(f"experts/mail/{mail}.txt", asker, context, key=f"{mail}:{found.pk}:{found.decided_at or ''}", at=at)
    return 1


def tell_field(*, question: UUID, at: datetime) -> int:
    """Sellers with experts of its field hear of a question on show, once a day whatever is asked; how many were written to. Acts for the market."""
    with for_public():
        found = shown_questions().filter(pk=question).first()
        if found is None or not found.field:
            return 0
        rows = shown_experts().filter(fields__contains=[found.field]).order_by("organisation_id", "name")
        names = dict(reversed(rows.values_list("organisation_id", "name")[:MOST_TOLD]))
    return sum(_tell_team(one, found, names[one.pk], at) for one in Organisation.objects.filter(pk__in=names))


def _tell_team(organisation: Organisation, question: PublicQuestion, name: str, at: datetime) -> int:
    people = people_who_may(organisation, "publish content")
    for person in people:
        with translation.override(person.language):
            link = settings.ORIGIN + reverse("experts:open_questions", args=[organisation.slug])
        send(
            template="experts/mail/field.txt", to=person.email, organisation=organisation.pk, language=person.language,
            context={"question": question.title, "name": name, "link": link}, key=f"field:{person.pk}:{at:%Y%m%d}", at=at, purpose="service",
        )  # fmt: skip
    return len(people)


def tell_of_answer(*, answer: UUID, at: datetime) -> int:
    """A new answer is on show: who asked and who follows hear, each if she agreed; how many. Acts for whoever calls."""
    with for_public():
        found = shown_answers().filter(pk=answer).select_related("expert", "seller").first()
        question = shown_questions().filter(pk=found.question_id).first() if found else None
    if found is None or question is None:
        return 0
    with for_organisation(question.organisation_id):
        return sum(_tell_listener(one, found, question, at) for one in _listeners(question))


def tell_seller(*, what: str, identity: UUID, at: datetime) -> int:
    """What the market decided of an answer, an expert's page or a source, to who may mend it; how many. Acts for the seller."""
    told = {"answer": _of_answer, "expert": _of_expert, "point": _of_point}[what](identity)
    if told is None:
        return 0
    organisation, context, key = told
    people = people_who_may(organisation, "publish content")
    for person in people:
        with translation.override(person.language):
            link = settings.ORIGIN + reverse(context["view"], args=[organisation.slug, context["row"]])
        send(
            template="experts/mail/decided.txt", to=person.email, organisation=organisation.pk, language=person.language,
            context={**context, "link": link}, key=f"{key}:{person.pk}", at=at, purpose="service",
        )  # fmt: skip
    return len(people)


def _listeners(question: PublicQuestion) -> Iterable[Listener]:
    return Listener.objects.filter(question=question).order_by("pk")[:LONGEST_LIST].iterator(500)


def _tell_listener(one: Listener, answer: Answer, question: PublicQuestion, at: datetime) -> int:
    if not may_receive(one.contact_id, channel="email", purpose=Purpose.ANSWER if one.asked else Purpose.TOPICS):
        return 0
    context = {
        "question": question.title,
        "name": answer.expert.name,
        "seller": answer.house.name,
        "text": teaser_of(answer.text),
        "link": question_address(question.slug, one.language, answer.pk),
        "own": own_address(Asker(question.pk, one.contact_id), one.language) if one.asked else "",
    }
    _send("experts/mail/answer.txt", one, context, key=f"expert-answer:{answer.pk}:{one.contact_id}", at=at)
    return 1


def _send(template: str, to: Listener, context: dict[str, Any], *, key: str, at: datetime) -> None:
    """What she asked is owed; what one only follows is marketing, with a way out."""
    follows: dict[str, Any] = {"purpose": "marketing", "agreed_to": Purpose.TOPICS}
    send(
        template=template, to=to.email, organisation=market_operator().pk, context=context, language=to.language, key=key, at=at,
        contact=to.contact_id, secret=to.asked, **({} if to.asked else follows),
    )  # fmt: skip


Told = tuple[Organisation, dict[str, Any], str]


def _became(state: str) -> dict[str, Any]:
    """Mails choose their words by yes and no: a text in them is only ever shown."""
    return {"shown": state in ("shown", "approved"), "declined": state == "declined"}


def _of_answer(identity: UUID) -> Told | None:
    found = Answer.objects.filter(pk=identity).select_related("expert").first()
    if found is None:
        return None
    with for_public():
        question = shown_questions().filter(pk=found.question_id).first()
    said = {"of_answer": True, **_became(found.state), "title": question.title if question else "", "note": found.note}
    said |= {"view": "experts:answer", "row": found.pk, "name": found.expert.name}
    return Organisation.objects.get(pk=found.organisation_id), said, f"answer:{found.pk}:{found.state}:{found.changed_at.isoformat()}"


def _of_expert(identity: UUID) -> Told | None:
    found = Expert.objects.filter(pk=identity).first()
    if found is None:
        return None
    said = {"of_expert": True, **_became(found.state), "title": found.name, "note": found.note, "name": found.name}
    said |= {"view": "experts:own_expert", "row": found.pk}
    return Organisation.objects.get(pk=found.organisation_id), said, f"expert:{found.pk}:{found.state}:{found.changed_at.isoformat()}"


def _of_point(identity: UUID) -> Told | None:
    found = Point.objects.filter(pk=identity).select_related("expert").first()
    if found is None:
        return None
    said = {**_became(found.state), "title": found.title, "note": found.reason, "name": found.expert.name}
    said |= {"view": "experts:own_expert", "row": found.expert_id}
    return Organisation.objects.get(pk=found.organisation_id), said, f"point:{found.pk}:{found.state}:{found.checked_at}"
