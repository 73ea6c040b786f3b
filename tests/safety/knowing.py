"""What a seller has of experts: one on show with an answer, a vote and a reason, so that no table of it is empty when its locks are tried."""

from __future__ import annotations

import io
from datetime import date
from uuid import UUID

from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.offer.experts import api as experts
from oportuno.offer.experts.models import Answer, Expert, Point, PublicQuestion
from oportuno.offer.experts.testing import ask, words
from oportuno.offer.media import api as media
from oportuno.people.organisations.api import Member, market_operator, people_who_may
from oportuno.people.organisations.testing import Actor

PAPER = b"%%PDF-1.4\n%%%s\n1 0 obj<<>>endobj\ntrailer<<>>\n%%%%EOF\n"


def market_asks(title: str = "¿Qué es lo que nadie pregunta de las rosas?") -> UUID:
    """A public question on show, the operator's; the same one for all."""
    with for_market("a test"):
        found = PublicQuestion.objects.filter(title=title).first()
    if found:
        return found.pk
    operator = market_operator()
    staff = Member(next(iter(people_who_may(operator, "run market"))), operator, "owner")
    question = ask(Actor(staff.person, operator), title, details=title, email="pregunta@example.com")
    with for_organisation(operator.pk):
        return experts.show_question(question=question.pk, by=staff, at=now()).pk


def own_expert(owner: Actor, name: str, question: UUID) -> Expert:
    """On show, as if the market had read all of it. Acts for the owner's organisation."""
    by, at = owner.member, now()
    profile = experts.Profile(f"{name} experta", name, name, name, name, fields=["floristerias"])
    expert = experts.make_expert(profile=profile, by=by, at=at)
    Expert.objects.filter(pk=expert.pk).update(state="approved", published=True, shown_at=at)
    expert.refresh_from_db()
    own_answer(owner, expert, name, question)
    own_reason(owner, expert, name)
    experts.find_experts([expert.pk])
    return expert


def own_answer(owner: Actor, expert: Expert, name: str, question: UUID) -> Answer:
    by, at = owner.member, now()
    content = words(f"{name} respuesta, y por qué es así y no de otra manera.")
    answer = experts.begin_answer(question=question, expert=expert.pk, by=by, at=at)
    handed = experts.hand_in_answer(answer=answer.pk, content=content, by=by, at=at)
    Answer.objects.filter(pk=answer.pk).update(
        state="shown", published=True, shown_at=at, document=handed.draft, text=f"{name} respuesta, y por qué es así."
    )
    experts.vote_answer(answer=answer.pk, useful=True, voter="a" * 64, at=at)
    return answer


def own_reason(owner: Actor, expert: Expert, name: str) -> Point:
    """With a paper of its own, so that no test looks at an address."""
    by, at = owner.member, now()
    item = media.keep_item(file=io.BytesIO(PAPER % name.encode()), name=f"{name} diploma.pdf", by=by.id, at=at)
    claim = experts.Claim("study", f"{name} fuente", name, date(2020, 5, 1), document=item.pk)
    point = experts.declare_point(expert=expert.pk, claim=claim, by=by, at=at)
    Point.objects.filter(pk=point.pk).update(state="approved", published=True, checked_at=at)
    return point
