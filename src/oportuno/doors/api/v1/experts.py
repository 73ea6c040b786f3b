"""Public questions, what experts answer, and who they are; a seller's program hands answers in."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from ninja import Query as InQuery
from ninja import Router, Schema
from pydantic import Field

from oportuno.doors.api import marks
from oportuno.doors.api.keys import KeyRequest, anybody, scoped
from oportuno.doors.api.pace import ANYBODY, KEYED
from oportuno.doors.api.shapes import KEYS, WRITES, After, Body, Limit, Text, problems
from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_public
from oportuno.kernel.ui.public import absolute
from oportuno.offer.experts import api as experts
from oportuno.offer.sites import api as sites

router = Router(tags=["experts"])
FOUND = problems(400, 404, 422, 429)
LISTED = problems(400, 422, 429)


class QuestionOut(Schema):
    """`url` is a path of the market; `field` the slug of a sector, null for none. `solved`: its asker says so."""

    slug: str = Field(examples=["cuanto-dura-una-rosa-en-el-florero"])
    title: str
    details: str
    language: str
    field: str | None
    asked_by: str | None
    shown_at: datetime
    answers: int
    solved: bool
    url: str


class AnswerOut(Schema):
    """`yes` and `no` count readers who found it useful, or not; `solves`: the asker says that this one did. Best first."""

    id: UUID
    expert: str
    expert_url: str
    seller: str
    seller_slug: str
    text: str
    html: str
    language: str
    yes: int
    no: int
    solves: bool
    shown_at: datetime
    url: str


class QuestionWhole(QuestionOut):
    answered: list[AnswerOut]


class QuestionsOut(Schema):
    """The newest first. `next` asks for the following page; null at the end."""

    questions: list[QuestionOut]
    next: str | None


class ReasonOut(Schema):
    """Why one may believe an expert. `source` is where one looks it up; `gone_since`: its address does not answer any more."""

    title: str
    by: str
    source: str
    on: date | None
    checked_at: datetime | None
    gone_since: datetime | None


class ExpertOut(Schema):
    """`url` is a path of the market; `fields` are slugs of sectors."""

    slug: str
    name: str
    role: str
    bio: str
    seller: str
    seller_slug: str
    fields: list[str]
    answers: int
    helped: int
    url: str


class ExpertWhole(ExpertOut):
    reasons: list[ReasonOut]


class ExpertsOut(Schema):
    """By name. `next` asks for the following page; null at the end."""

    experts: list[ExpertOut]
    next: str | None


class AnswerIn(Body):
    """`expert` is the slug of one of your experts on show. `text` is plain: empty lines between paragraphs, "- " before items of a list."""

    expert: Text = Field(min_length=1, max_length=120, examples=["julian-cardenas"])
    text: Text = Field(min_length=40, max_length=20_000)


class OwnAnswerOut(Schema):
    """`state`: draft, waiting (for review), returned, shown, declined, hidden."""

    id: UUID
    question: str
    state: str
    note: str


@router.get(
    "/questions",
    response={200: QuestionsOut, **LISTED},
    url_name="questions",
    auth=None,
    throttle=[ANYBODY],
    summary="List public questions",
)
@anybody
def questions(
    request: HttpRequest,
    field: Annotated[str, InQuery(max_length=60, description="slug of a sector")] = "",
    state: Annotated[Literal["", "open", "solved"], InQuery(description="open: nobody has answered")] = "",
    q: Annotated[str, InQuery(max_length=200, description="those that ask something like this")] = "",
    after: After = "",
    limit: Limit = 24,
) -> QuestionsOut:
    """Questions on show, the newest first; with `q` the likest first, and one page only."""
    mark = marks.read(after, str)
    found = experts.questions_page(experts.Wanted(field=field, state=state, words=q), after=mark[0] if mark else "", limit=limit)
    return QuestionsOut(
        questions=[QuestionOut(**_question(one.question, one.answers)) for one in found.lines],
        next=marks.write(found.after) if found.after else None,
    )


@router.get(
    "/questions/{slug:slug}", response={200: QuestionWhole, **FOUND}, url_name="question", auth=None, throttle=[ANYBODY],
    summary="Read a public question",
)  # fmt: skip
@anybody
def question(request: HttpRequest, slug: str) -> QuestionWhole:
    """With its answers, the best first. 404 for one that is not on show."""
    found = experts.shown_question(slug)
    answers = experts.answers_to(found)
    return QuestionWhole(**_question(found, len(answers)), answered=[_answer(one, found) for one in answers])


@router.get("/experts", response={200: ExpertsOut, **LISTED}, url_name="experts", auth=None, throttle=[ANYBODY], summary="List experts")
@anybody
def all_experts(
    request: HttpRequest,
    field: Annotated[str, InQuery(max_length=60, description="slug of a sector")] = "",
    q: Annotated[str, InQuery(max_length=80, description="part of the name or the trade")] = "",
    after: After = "",
    limit: Limit = 24,
) -> ExpertsOut:
    """Experts on show, by name."""
    mark = marks.read(after, str)
    found = experts.experts_page(field=field, words=q, after=mark[0] if mark else "", limit=limit)
    return ExpertsOut(experts=[ExpertOut(**_expert(one)) for one in found.cards], next=marks.write(found.after) if found.after else None)


@router.get(
    "/experts/{slug:seller}/{slug:slug}", response={200: ExpertWhole, **FOUND}, url_name="expert", auth=None, throttle=[ANYBODY],
    summary="Read an expert",
)  # fmt: skip
@anybody
def expert(request: HttpRequest, seller: str, slug: str) -> ExpertWhole:
    """With each reason to believe her, and its source."""
    found = experts.whole_expert(experts.shown_expert(seller, slug))
    return ExpertWhole(**_expert(found.card), reasons=[_reason(one, found.card) for one in found.reasons])


@router.get("/answers", response={200: list[OwnAnswerOut], **KEYS}, url_name="answers", throttle=[KEYED], summary="List your answers")
@scoped("content:read")
def own_answers(request: KeyRequest, limit: Limit = 50) -> list[OwnAnswerOut]:
    """What your experts answered, changed last first."""
    return [_own(one.answer, one.question) for one in experts.answers_of(request.organisation.pk, limit=limit)]


@router.post(
    "/questions/{slug:slug}/answers", response={201: OwnAnswerOut, **WRITES}, url_name="question-answers", throttle=[KEYED],
    summary="Hand in an answer",
)  # fmt: skip
@scoped("content:write")
def hand_in(request: KeyRequest, slug: str, body: AnswerIn) -> tuple[int, OwnAnswerOut]:
    """The market reviews it before it is on show. Handed in again, it replaces what the same expert wrote."""
    at, by = now(), request.member
    with for_public():
        asked = experts.shown_question(slug)
        who = experts.shown_expert(request.organisation.slug, body.expert)
    made = experts.begin_answer(question=asked.pk, expert=who.pk, by=by, at=at)
    done = experts.hand_in_answer(answer=made.pk, content=sites.outlined(body.text), by=by, at=at)
    return 201, _own(done, asked)


def _question(one: experts.PublicQuestion, answers: int) -> dict[str, Any]:
    return {
        "slug": one.slug, "title": one.title, "details": one.details, "language": one.language, "field": one.field or None,
        "asked_by": one.shown_name or None, "shown_at": one.shown_at, "answers": answers, "solved": one.solved_by is not None and answers > 0,
        "url": reverse("experts:question", args=[one.slug]),
    }  # fmt: skip


def _answer(one: experts.ShownAnswer, question: experts.PublicQuestion) -> AnswerOut:
    row = one.answer
    assert row.shown_at
    return AnswerOut(
        id=row.pk, expert=row.expert.name, expert_url=reverse("experts:expert", args=[row.house.slug, row.expert.slug]),
        seller=row.house.name, seller_slug=row.house.slug, text=row.text, html=one.html, language=row.language, yes=row.yes, no=row.no,
        solves=one.solves, shown_at=row.shown_at, url=f"{reverse('experts:question', args=[question.slug])}#respuesta-{row.pk}",
    )  # fmt: skip


def _expert(one: experts.ExpertCard) -> dict[str, Any]:
    return {
        "slug": one.slug, "name": one.name, "role": one.role, "bio": one.bio, "seller": one.seller, "seller_slug": one.seller_slug,
        "fields": [field.slug for field in one.fields], "answers": one.answers, "helped": one.helped,
        "url": reverse("experts:expert", args=[one.seller_slug, one.slug]),
    }  # fmt: skip


def _reason(one: experts.Reason, card: experts.ExpertCard) -> ReasonOut:
    page = reverse("experts:expert", args=[card.seller_slug, card.slug])
    source = f"{page}{one.href}" if one.href.startswith("#") else one.href
    on = one.on.date() if isinstance(one.on, datetime) else one.on
    return ReasonOut(title=one.title, by=one.by, source=absolute(source), on=on, checked_at=one.checked_at, gone_since=one.gone_at)


def _own(one: experts.Answer, question: experts.PublicQuestion | None) -> OwnAnswerOut:
    return OwnAnswerOut(id=one.pk, question=question.slug if question else "", state=one.state, note=one.note)
