"""Guides that help to decide: read them, ask what answers find, hand in one's own."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import Query as InQuery
from ninja import Router, Schema
from pydantic import Field

from oportuno.doors.api import marks
from oportuno.doors.api.keys import KeyRequest, anybody, scoped
from oportuno.doors.api.pace import ANYBODY, KEYED
from oportuno.doors.api.shapes import KEYS, WRITES, After, Body, Limit, Text, problems
from oportuno.kernel.clock import now
from oportuno.kernel.errors import Refusal
from oportuno.offer.guides import api as guides

router = Router(tags=["guides"])
FOUND = problems(400, 404, 422, 429)
LISTED = problems(400, 422, 429)
Language = Literal["es", "en"]
Line = Annotated[Text, Field(max_length=400)]
MOST = 40


class GuideLine(Schema):
    """In the language that was asked for. `url` is a path of the market."""

    slug: str = Field(examples=["flores-para-tu-boda"])
    title: str
    summary: str
    sector: str
    questions: int
    version: int
    changed_at: datetime
    url: str


class GuidesOut(Schema):
    """The newest first. `next` asks for the following page; null at the end."""

    guides: list[GuideLine]
    next: str | None


class SourceOut(Schema):
    title: str
    address: str


class OptionOut(Schema):
    """`wants` says in words what it asks of a product; `next` is a later question's key, “-” the result, empty the next in order."""

    key: str
    label: str
    why: str
    source: SourceOut | None
    wants: list[str]
    next: str


class QuestionOut(Schema):
    key: str
    ask: str
    hint: str
    several: bool
    options: list[OptionOut]


class GuideOut(GuideLine):
    advice: str
    steps: list[QuestionOut]


class FittingOut(Schema):
    id: str
    title: str
    url: str
    seller: str


class LoosenOut(Schema):
    question: str
    count: int


class ResultOut(Schema):
    """`unanswered` is the question that comes next, null at the end: results fit the answers so far.

    `loosen`: where nothing fits, how many would without one of the answers.
    """

    total: int
    unanswered: str | None
    fitting: list[FittingOut]
    loosen: list[LoosenOut]
    url: str


class GuideIn(Body):
    """`content` is a guide's own form, as the workbench saves it (JSON)."""

    title: dict[Language, Line]
    summary: dict[Language, Line] = Field(default_factory=dict)
    sector: Annotated[Text, Field(max_length=60, pattern=r"^[a-z0-9-]*$")] = ""
    content: dict[str, Any]
    news: Annotated[Text, Field(max_length=300)] = ""


class HandedIn(Schema):
    """`state`: draft, waiting, changes, declined or published; `reason` is what the market's staff said."""

    id: UUID
    title: str
    version: int
    state: str
    reason: str
    slug: str


class OwnOut(Schema):
    guides: list[HandedIn]
    next: str | None


@router.get("/guides", response={200: GuidesOut, **LISTED}, url_name="guides", summary="List guides", auth=None, throttle=[ANYBODY])
@anybody
def listed(request: HttpRequest, after: After = "", limit: Limit = 24) -> GuidesOut:
    """Guides on show."""
    mark = marks.read(after, marks.moment, UUID)
    rows = guides.shown_guides(before=(mark[0], mark[1]) if mark else None, limit=limit)
    last = rows[limit - 1].row if len(rows) > limit else None
    return GuidesOut(
        guides=[GuideLine(**_line(one)) for one in rows[:limit]],
        next=marks.write(last.published_at.isoformat(), last.pk) if last and last.published_at else None,
    )


@router.get(
    "/guides/{slug:guide}", response={200: GuideOut, **FOUND}, url_name="guide", summary="Read a guide", auth=None, throttle=[ANYBODY]
)
@anybody
def guide(request: HttpRequest, guide: str) -> GuideOut:
    """404 for one that is not on show."""
    shown, known, language = guides.shown_guide(guide), guides.Vertical(), get_language() or "es"
    steps = [
        QuestionOut(
            key=question.key,
            ask=question.ask.in_(language),
            hint=question.hint.in_(language),
            several=question.several,
            options=[
                OptionOut(
                    key=option.key,
                    label=option.label.in_(language),
                    why=option.why.in_(language),
                    source=SourceOut(title=option.source.title, address=option.source.address) if option.source else None,
                    wants=[f"{known.label(one)}: {known.words(one)}" for one in option.conditions],
                    next=option.next,
                )
                for option in question.options
            ],
        )
        for question in shown.content.questions
    ]
    return GuideOut(**_line(shown), advice=shown.content.advice.in_(language), steps=steps)


@router.get(
    "/guides/{slug:guide}/results", response={200: ResultOut, **FOUND}, url_name="guide-results", summary="Ask what answers find",
    auth=None, throttle=[ANYBODY],
)  # fmt: skip
@anybody
def results(
    request: HttpRequest,
    guide: str,
    answer: Annotated[list[str], InQuery(max_length=MOST, description="“question=option”, as often as there are answers")] = [],  # noqa: B006
    limit: Limit = 24,
) -> ResultOut:
    """Answers that the guide does not know are none."""
    shown = guides.shown_guide(guide)
    answers: dict[str, list[str]] = {}
    for one in answer:
        question, _equals, option = one.partition("=")
        answers.setdefault(question[:40], []).append(option[:40])
    found = guides.find(shown.content, answers, limit=limit)
    fitting = found.results.items if found.results.total else ()
    return ResultOut(
        total=found.results.total,
        unanswered=found.walk.now.key if found.walk.now else None,
        fitting=[FittingOut(id=one.id, title=one.title, url=one.url, seller=one.seller_slug) for one in fitting],
        loosen=[LoosenOut(question=one.step.question.key, count=one.count) for one in found.loosen],
        url=shown.href,
    )


@router.get("/own-guides", response={200: OwnOut, **KEYS}, url_name="own-guides", summary="List your guides", throttle=[KEYED])
@scoped("content:read")
def own(request: KeyRequest, after: After = "", limit: Limit = 50) -> OwnOut:
    """The last changed first, each with where it stands."""
    mark = marks.read(after, marks.moment, UUID)
    lines = guides.own_guides(before=(mark[0], mark[1]) if mark else None, limit=limit + 1)
    last = lines[limit - 1].guide if len(lines) > limit else None
    told = [_told(line.guide, line.open) for line in lines[:limit]]
    return OwnOut(guides=told, next=marks.write(last.changed_at.isoformat(), last.pk) if last else None)


@router.post("/own-guides", response={201: HandedIn, **WRITES}, url_name="own-guides", summary="Hand in a guide", throttle=[KEYED])
@scoped("content:write")
def hand_in(request: KeyRequest, body: GuideIn) -> tuple[int, HandedIn]:
    """It waits for a person of the market. 422 for one that is not whole: every way must end, and every condition exist."""
    try:
        content = guides.read(body.content)
    except guides.Unreadable as error:
        raise Refusal(_("This is not a guide of ours. %(where)s") % {"where": str(error)[:200]}, field="content") from error
    cover = guides.Cover(guides.Said(**body.title), guides.Said(**body.summary), body.sector, content.advice)
    with transaction.atomic():  # one that is not whole leaves nothing behind
        version = guides.begin_guide(cover=cover, content=content, by=request.member, at=now())
        handed_in = guides.hand_in_guide(guide=version.guide, news=body.news, by=request.member, at=now())
    return 201, _told(version.guide, handed_in)


def _line(one: guides.Shown) -> dict[str, Any]:
    return {
        "slug": one.row.slug,
        "title": one.title,
        "summary": one.summary,
        "sector": one.row.sector,
        "questions": one.questions,
        "version": one.row.version,
        "changed_at": one.row.changed_at,
        "url": one.href,
    }


def _told(guide: guides.Guide, version: guides.GuideVersion | None) -> HandedIn:
    words = version.title if version else guide.title
    return HandedIn(
        id=guide.pk,
        title=str(words.get("es", "")),
        version=version.number if version else guide.version,
        state=version.state if version else "published",
        reason=version.reason if version else "",
        slug=guide.slug,
    )
