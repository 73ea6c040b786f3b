"""A seller's program writes contributions to the knowledge centre and hands them in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Router, Schema
from pydantic import Field, JsonValue

from oportuno.doors.api import marks
from oportuno.doors.api.keys import KeyRequest, scoped
from oportuno.doors.api.pace import KEYED
from oportuno.doors.api.shapes import KEYS, WRITES, After, Body, Limit, Text
from oportuno.doors.api.v1.knowledge import Kind, Language
from oportuno.kernel.clock import now
from oportuno.kernel.errors import Refusal
from oportuno.offer.knowledge import api as knowledge

router = Router(tags=["knowledge"])
Words = Annotated[Text, Field(max_length=2_000)]


class SignerIn(Body):
    given: Words = ""
    family: Annotated[Text, Field(min_length=1, max_length=120)]
    affiliation: Words = ""
    orcid: Words = ""


class FigureIn(Body):
    """`es` and `en` name what was measured."""

    es: Words = ""
    en: Words = ""
    before: Words = ""
    after: Words = ""
    unit: Words = ""


class TextIn(Body):
    """One language. `document` is a list of blocks ({"blocks": [...]}) that cites sources as `[@key]`; the last four are a case's."""

    title: Words | None = None
    summary: Words | None = None
    document: dict[str, JsonValue] | None = None
    who: Words | None = None
    problem: Words | None = None
    done: Words | None = None
    result: Words | None = None


class ContributionIn(Body):
    """What you leave out stays as it is. `references` are items of CSL-JSON, whose `id` is the key; they take the place of those before."""

    texts: dict[Language, TextIn] = Field(default_factory=dict)
    authors: Annotated[list[SignerIn], Field(max_length=20)] | None = None
    figures: Annotated[list[FigureIn], Field(max_length=8)] | None = None
    categories: Annotated[list[Words], Field(max_length=20)] | None = None
    tags: Annotated[list[Words], Field(max_length=12)] | None = None
    references: Annotated[list[dict[str, JsonValue]], Field(max_length=300)] | None = None
    persona: Annotated[Words, Field(max_length=60)] | None = None
    stage: Annotated[Words, Field(max_length=20)] | None = None
    news: Words | None = None


class NewContributionIn(ContributionIn):
    kind: Kind


class HandingIn(Body):
    note: Words = ""


class TurnOut(Schema):
    """One step of what you and the market's staff said about it. `by_market`: they did."""

    verb: str
    by_market: bool
    text: str
    at: datetime


class ContributionLine(Schema):
    """`state`: draft, published or withdrawn; `review`: waiting, changes, declined, or empty. `number` once it was published."""

    id: UUID
    kind: Kind
    title: str
    state: str
    review: str
    number: int | None
    version: int
    changed_at: datetime


class ContributionOut(ContributionLine):
    """`missing`: what has to be mended before it can be handed in, in words."""

    texts: dict[str, dict[str, JsonValue]]
    authors: list[dict[str, str]]
    figures: list[dict[str, str]]
    categories: list[str]
    tags: list[str]
    references: list[dict[str, JsonValue]]
    persona: str
    stage: str
    news: str
    missing: list[str]
    story: list[TurnOut]


class ContributionsOut(Schema):
    contributions: list[ContributionLine]
    next: str | None


@router.get(
    "/contributions",
    response={200: ContributionsOut, **KEYS},
    url_name="contributions",
    summary="List your articles and cases",
    throttle=[KEYED],
)
@scoped("content:read")
def contributions(request: KeyRequest, after: After = "", limit: Limit = 50) -> ContributionsOut:
    """Drafts too, the latest changed first."""
    mark = marks.read(after, marks.moment, UUID)
    found = knowledge.own_articles(request.organisation.pk, before=(mark[0], mark[1]) if mark else None, limit=limit + 1)
    last = found[limit - 1] if len(found) > limit else None
    lines = [ContributionLine(**_own_line(one)) for one in found[:limit]]
    return ContributionsOut(contributions=lines, next=marks.write(last.changed_at.isoformat(), last.pk) if last else None)


@router.get(
    "/contributions/{uuid:contribution}", response={200: ContributionOut, **KEYS}, url_name="contribution", summary="Read one of yours",
    throttle=[KEYED],
)  # fmt: skip
@scoped("content:read")
def contribution(request: KeyRequest, contribution: UUID) -> ContributionOut:
    """Its draft, what it still lacks, and what was said about it."""
    return _whole(request, contribution)


@router.post(
    "/contributions",
    response={201: ContributionOut, **WRITES},
    url_name="contributions",
    summary="Begin an article or a case",
    throttle=[KEYED],
)
@scoped("content:write")
def begin(request: KeyRequest, body: NewContributionIn) -> tuple[int, ContributionOut]:
    """A draft, which nobody outside reads until you hand it in and the market's staff approves it."""
    made = knowledge.begin_article(kind=body.kind, by=request.member, at=now())
    _keep(request, made.pk, body)
    return 201, _whole(request, made.pk)


@router.put(
    "/contributions/{uuid:contribution}", response={200: ContributionOut, **WRITES}, url_name="contribution", summary="Write in a draft",
    throttle=[KEYED],
)  # fmt: skip
@scoped("content:write")
def change(request: KeyRequest, contribution: UUID, body: ContributionIn) -> ContributionOut:
    """What is on show stays as it is. 409 while the market's staff reads it."""
    _keep(request, contribution, body)
    return _whole(request, contribution)


@router.post(
    "/contributions/{uuid:contribution}/handing-in", response={200: ContributionOut, **WRITES}, url_name="contribution-handing-in",
    summary="Hand a draft in", throttle=[KEYED],
)  # fmt: skip
@scoped("content:write")
def hand_in(request: KeyRequest, contribution: UUID, body: HandingIn) -> ContributionOut:
    """The market's staff reads it next. 422 with what is missing."""
    knowledge.hand_in(article=contribution, note=body.note, by=request.member, at=now())
    return _whole(request, contribution)


@router.delete(
    "/contributions/{uuid:contribution}/handing-in", response={204: None, **WRITES}, url_name="contribution-handing-in", summary="Take it back",
    throttle=[KEYED],
)  # fmt: skip
@scoped("content:write")
def take_back(request: KeyRequest, contribution: UUID) -> None:
    """409 when it was decided already."""
    knowledge.take_back(article=contribution, by=request.member, at=now())


def _own_line(one: knowledge.Article) -> dict[str, Any]:
    return {
        "id": one.pk,
        "kind": one.kind,
        "title": one.title_es or one.title_en,
        "state": one.state,
        "review": one.review,
        "number": one.number,
        "version": one.live,
        "changed_at": one.changed_at,
    }


def _whole(request: KeyRequest, contribution: UUID) -> ContributionOut:
    found = knowledge.article_for(request.organisation.pk, contribution)
    draft, references = knowledge.draft_of(found), knowledge.references_of(found)
    return ContributionOut(
        **_own_line(found),
        texts=draft.texts,
        authors=[{name: one[name] for name in ("given", "family", "affiliation", "orcid")} for one in draft.bylines],
        figures=draft.figures,
        categories=draft.filing.get("categories", []),
        tags=draft.filing.get("tags", []),
        references=[{**one.csl, "id": one.key} for one in references],
        persona=draft.filing.get("persona", ""),
        stage=draft.filing.get("stage", ""),
        news=draft.news,
        missing=[knowledge.sentence_of(one) for one in knowledge.lacking(found, draft, references)],
        story=[TurnOut(verb=one.verb, by_market=one.of_market, text=one.text, at=one.at) for one in knowledge.story_of(found)],
    )


def _keep(request: KeyRequest, contribution: UUID, body: ContributionIn) -> None:
    texts: Mapping[str, Mapping[str, Any]] = {language: text.model_dump(exclude_none=True) for language, text in body.texts.items()}
    filing = {name: value for name in ("categories", "tags", "persona", "stage") if (value := getattr(body, name)) is not None}
    try:
        knowledge.keep_draft(
            article=contribution, texts=texts, filing=filing or None, news=body.news, by=request.member, at=now(),
            bylines=None if body.authors is None else [one.model_dump() for one in body.authors],
            figures=None if body.figures is None else [one.model_dump() for one in body.figures],
        )  # fmt: skip
        if body.references is not None:
            knowledge.replace_sources(article=contribution, sources=body.references, by=request.member, at=now())
    except ValueError as unreadable:
        raise Refusal(str(unreadable) or "document", field="texts") from unreadable
