"""Experts and questions for tests: really asked, really reviewed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from oportuno.kernel.clock import now
from oportuno.kernel.content import Document, read
from oportuno.kernel.isolation import for_organisation
from oportuno.offer.experts import api
from oportuno.offer.experts.models import Answer, Expert, Point, PublicQuestion
from oportuno.people.audience.api import Circumstances, addresses
from oportuno.people.organisations.testing import Actor

FORM = Circumstances("public question form", "es-co", "203.0.113.7", "a browser")
BIO = "Lleva once años midiendo cuánto dura una rosa."


def words(*paragraphs: str) -> Document:
    """A document of these paragraphs."""
    return read({"blocks": [{"type": "text", "text": one} for one in paragraphs]})


def ask(
    operator: Actor, title: str = "¿Cuánto dura una rosa en el florero?", *, email: str = "carmen@example.com", proven: bool = True,
    at: datetime | None = None, **said: Any,
) -> PublicQuestion:  # fmt: skip
    """A question that reached the market: its asker is signed in."""
    given = addresses.email(email)
    assert given
    with for_organisation(operator.member.organisation.pk):
        return api.ask_experts(
            organisation=operator.member.organisation, asking=api.Asking(title, **said), email=given, circumstances=FORM, proven=proven,
            at=at or now(),
        )  # fmt: skip


def shown(
    operator: Actor, title: str = "¿Cuánto dura una rosa en el florero?", *, at: datetime | None = None, **said: Any
) -> PublicQuestion:
    """A question on show."""
    question = ask(operator, title, at=at, **said)
    with for_organisation(operator.member.organisation.pk):
        return api.show_question(question=question.pk, by=operator.member, at=at or now())


def make_expert(
    owner: Actor, name: str = "Julián Rojas", *, operator: Actor | None = None, at: datetime | None = None, **said: Any
) -> Expert:
    """An expert of the owner's seller; with `operator` on show."""
    moment = at or now()
    profile = api.Profile(name=name, **{"role_es": "Ingeniero agrónomo", "bio_es": BIO, "fields": ["floristerias"], **said})
    with for_organisation(owner.member.organisation.pk):
        expert = api.make_expert(profile=profile, by=owner.member, at=moment)
        if operator:
            api.hand_in_expert(expert=expert.pk, by=owner.member, at=moment)
    if operator:
        with for_organisation(operator.member.organisation.pk):
            return api.decide_expert(expert=expert.pk, state="approved", note="", by=operator.member, at=moment)
    return expert


def answer(
    owner: Actor, expert: Expert, question: PublicQuestion, text: str = "", *, operator: Actor | None = None, at: datetime | None = None
) -> Answer:
    """An answer that was handed in; with `operator` approved."""
    moment = at or now()
    content = words(text or "Entre siete y doce días, si se corta el tallo y se cambia el agua cada dos días.")
    with for_organisation(owner.member.organisation.pk):
        made = api.begin_answer(question=question.pk, expert=expert.pk, by=owner.member, at=moment)
        done = api.hand_in_answer(answer=made.pk, content=content, by=owner.member, at=moment)
    if operator and done.state == "waiting":
        with for_organisation(operator.member.organisation.pk):
            return api.approve_answer(answer=done.pk, by=operator.member, at=moment)
    return done


def declare(owner: Actor, expert: Expert, *, operator: Actor | None = None, at: datetime | None = None, **said: Any) -> Point:
    """A reason to believe her, by an address unless said otherwise; with `operator` checked."""
    moment = at or now()
    told = {
        "kind": "talk",
        "title": "Rosas que viajan",
        "issuer": "Proflora",
        "on": date(2024, 10, 3),
        "address": "https://example.com/charla",
    }
    with for_organisation(owner.member.organisation.pk):
        point = api.declare_point(expert=expert.pk, claim=api.Claim(**{**told, **said}), by=owner.member, at=moment)
    if operator:
        with for_organisation(operator.member.organisation.pk):
            return api.decide_point(point=point.pk, approve=True, reason="", by=operator.member, at=moment)
    return point
