"""The knowledge centre as anybody reads and cites it; a seller's program writes contributions and hands them in."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query as InQuery
from ninja import Router, Schema
from pydantic import Field, JsonValue

from oportuno.doors.api import marks
from oportuno.doors.api.keys import anybody
from oportuno.doors.api.pace import ANYBODY
from oportuno.doors.api.shapes import After, Limit, problems
from oportuno.kernel.errors import NotFound
from oportuno.offer.knowledge import api as knowledge
from oportuno.people.organisations.api import Organisation

router = Router(tags=["knowledge"])
FOUND = problems(400, 404, 422, 429)
LISTED = problems(400, 422, 429)
Kind = Literal["article", "case"]
Language = Literal["es", "en"]
Format = Literal["bibtex", "ris", "csl", "apa"]
ENDINGS = {"bibtex": "bib", "ris": "ris", "csl": "json", "apa": "txt"}


class ArticleLine(Schema):
    """In the language that was asked for, or in the one there is. `url` is a path of the market; `seller` null: the market's own."""

    number: int = Field(examples=[12])
    kind: Kind
    title: str
    summary: str
    byline: str
    seller: str | None
    tags: list[str]
    sources: int
    version: int
    published_at: datetime
    changed_at: datetime
    url: str


class ArticlesOut(Schema):
    """The newest first. `next` asks for the following page; null at the end."""

    articles: list[ArticleLine]
    next: str | None


class SignerOut(Schema):
    name: str
    affiliation: str
    orcid: str


class FigureOut(Schema):
    name: str
    before: str
    after: str
    unit: str


class VersionOut(Schema):
    number: int
    news: str
    at: datetime


class ArticleWhole(ArticleLine):
    """`html` has citations as numbers that lead to `references` (CSL-JSON, in their order). `case` is null for an article."""

    language: Language
    authors: list[SignerOut]
    html: str
    case: dict[str, str] | None
    figures: list[FigureOut]
    references: list[dict[str, JsonValue]]
    versions: list[VersionOut]


class CitationOut(Schema):
    """`text` is a record of a reference manager, or a line as APA says it."""

    format: Format
    version: int
    text: str


@router.get(
    "/knowledge",
    response={200: ArticlesOut, **LISTED},
    url_name="knowledge",
    summary="List articles and cases",
    auth=None,
    throttle=[ANYBODY],
)
@anybody
def articles(
    request: HttpRequest,
    kind: Annotated[Kind | None, InQuery()] = None,
    category: Annotated[str, InQuery(max_length=60, description="slug of a subject")] = "",
    tag: Annotated[str, InQuery(max_length=60)] = "",
    q: Annotated[str, InQuery(max_length=120, description="words of the title, the summary or who signs")] = "",
    after: After = "",
    limit: Limit = 24,
) -> ArticlesOut:
    """What is on show in the knowledge centre, the newest first."""
    mark = marks.read(after, marks.moment, UUID)
    found = knowledge.newest(
        limit=limit + 1, before=(mark[0], mark[1]) if mark else None, kind=kind or "", category=category, tag=tag, words=q
    )
    last = found[limit - 1] if len(found) > limit else None
    lines = [ArticleLine(**_line(one)) for one in knowledge.cards(found[:limit])]
    return ArticlesOut(
        articles=lines, next=marks.write(last.first_published_at.isoformat(), last.pk) if last and last.first_published_at else None
    )


@router.get(
    "/knowledge/{slug:number}", response={200: ArticleWhole, **FOUND}, url_name="knowledge-article", summary="Read an article or a case", auth=None,
    throttle=[ANYBODY],
)  # fmt: skip
@anybody
def article(
    request: HttpRequest,
    number: str,
    version: Annotated[int | None, InQuery(ge=1, le=99_999, description="an older one; the newest without it")] = None,
    language: Annotated[Language | None, InQuery(description="the text's; otherwise as Accept-Language says")] = None,
) -> ArticleWhole:
    """404 for what was never on show, or is not any more; a withdrawn article's page says why."""
    found = _shown(number)
    written = knowledge.version_of(found, version)
    owner = Organisation.objects.get(pk=found.organisation_id)
    text = knowledge.reading(written, owner, written.references, wanted=language or "")
    (card,) = knowledge.cards([found])
    return ArticleWhole(
        **{**_line(card), "title": text.title, "summary": text.summary, "version": written.number},
        language="en" if text.language == "en" else "es",
        authors=[SignerOut(name=one.name, affiliation=one.affiliation, orcid=one.orcid) for one in text.signers],
        html=str(text.body),
        case={code: str(html) for code, html in text.parts} if found.kind == "case" else None,
        figures=[FigureOut(name=one.name, before=one.before, after=one.after, unit=one.unit) for one in text.figures],
        references=written.references,
        versions=[VersionOut(number=one.number, news=one.news_told, at=one.at) for one in knowledge.versions_of(found)],
    )


@router.get(
    "/knowledge/{slug:number}/citation", response={200: CitationOut, **FOUND}, url_name="knowledge-citation", summary="Cite an article or a case",
    auth=None, throttle=[ANYBODY],
)  # fmt: skip
@anybody
def citation(
    request: HttpRequest,
    number: str,
    format: Annotated[Format, InQuery()] = "bibtex",
    version: Annotated[int | None, InQuery(ge=1, le=99_999)] = None,
) -> CitationOut:
    """With the stable address of that version."""
    found = _shown(number)
    written = knowledge.version_of(found, version)
    return CitationOut(
        format=format, version=written.number, text=knowledge.cited_as(ENDINGS[format], knowledge.citation_of(found, written))
    )


def _shown(number: str) -> knowledge.Article:
    is_one = number.isascii() and number.isdigit() and len(number) < 10
    found = knowledge.numbered_article(int(number)) if is_one else None
    if found is None or found.state != knowledge.State.PUBLISHED:
        raise NotFound
    return found


def _line(card: knowledge.ArticleCard) -> dict[str, Any]:
    return {
        "number": card.number,
        "kind": card.kind,
        "title": card.title,
        "summary": card.summary,
        "byline": card.byline,
        "seller": None if card.of_market else card.owner_slug,
        "tags": list(card.tags),
        "sources": card.cited,
        "version": card.version,
        "published_at": card.at,
        "changed_at": card.changed_at,
        "url": card.href,
    }
