"""The glossary as anybody reads it; a seller's program proposes words."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query as InQuery
from ninja import Router, Schema
from pydantic import Field

from oportuno.doors.api import marks
from oportuno.doors.api.keys import KeyRequest, anybody, scoped
from oportuno.doors.api.pace import ANYBODY, KEYED
from oportuno.doors.api.shapes import KEYS, WRITES, After, Body, Limit, Text, problems
from oportuno.kernel.clock import now
from oportuno.offer.glossary import api as glossary

router = Router(tags=["glossary"])
FOUND = problems(400, 404, 422, 429)
LISTED = problems(400, 422, 429)
Language = Literal["es", "en"]
Name = Annotated[Text, Field(max_length=80)]
Line = Annotated[Text, Field(max_length=300)]


class TermLine(Schema):
    """In the language that was asked for. `url` is a path of the market."""

    slug: str = Field(examples=["vida-en-florero"])
    name: str
    line: str
    url: str


class TermsOut(Schema):
    """In the order of the alphabet. `next` asks for the following page; null at the end."""

    terms: list[TermLine]
    next: str | None


class SourceShape(Schema):
    text: str
    address: str


class TermWhole(Schema):
    """Both languages; what a language lacks is empty. `see` are slugs of other terms."""

    slug: str
    names: dict[Language, str]
    others: dict[Language, list[str]]
    lines: dict[Language, str]
    see: list[str]
    sources: list[SourceShape]
    sector: str
    changed_at: datetime
    url: str


class SourceIn(Body):
    text: Annotated[Text, Field(min_length=1, max_length=400)]
    address: Annotated[Text, Field(max_length=500)] = ""


class ProposalIn(Body):
    """A name and what it means, in one language at least. `about`: slug of the term that it would change."""

    about: Annotated[Text, Field(max_length=50, pattern=r"^[a-z0-9-]*$")] = ""
    names: dict[Language, Name]
    others: dict[Language, Annotated[list[Name], Field(max_length=12)]] = Field(default_factory=dict)
    lines: dict[Language, Line]
    see: Annotated[list[Name], Field(max_length=12)] = Field(default_factory=list)
    sources: Annotated[list[SourceIn], Field(max_length=20)] = Field(default_factory=list)
    note: Annotated[Text, Field(max_length=500)] = ""


class ProposalOut(Schema):
    """`state`: waiting, changes, accepted, declined or taken_back; `answer` is what the market's staff said."""

    id: UUID
    name: str
    term: str
    state: str
    answer: str
    sent_at: datetime


class ProposalsOut(Schema):
    proposals: list[ProposalOut]
    next: str | None


@router.get(
    "/glossary", response={200: TermsOut, **LISTED}, url_name="glossary", summary="List terms", auth=None, throttle=[ANYBODY]
)  # fmt: skip
@anybody
def terms(
    request: HttpRequest,
    language: Annotated[Language, InQuery()] = "es",
    q: Annotated[str, InQuery(max_length=80, description="words of a name or of what it means; one page only")] = "",
    letter: Annotated[str, InQuery(max_length=1, description="a to z, ñ, or # for what begins with none")] = "",
    after: After = "",
    limit: Limit = 100,
) -> TermsOut:
    """What anybody reads in the glossary."""
    mark = marks.read(after, str)
    found = (
        glossary.found(q, language, limit=limit)
        if q.strip()
        else glossary.under(letter.lower(), language, after=mark[0] if mark else "", limit=limit + 1)
    )
    rows = [TermLine(slug=one.slug, name=one.name, line=one.line, url=glossary.address_of(one.slug, language)) for one in found[:limit]]
    last = found[limit - 1] if len(found) > limit else None
    return TermsOut(terms=rows, next=marks.write(f"{last.sort}|{last.slug}") if last else None)


@router.get(
    "/glossary/{slug:slug}", response={200: TermWhole, **FOUND}, url_name="glossary-term", summary="Read a term", auth=None, throttle=[ANYBODY]
)  # fmt: skip
@anybody
def term(request: HttpRequest, slug: str) -> TermWhole:
    """404 for what nobody may read."""
    found = glossary.term_at(slug)
    said = found.said
    return TermWhole(
        slug=found.slug,
        names={"es": said.name_es, "en": said.name_en},
        others={"es": list(said.others_es), "en": list(said.others_en)},
        lines={"es": said.line_es, "en": said.line_en},
        see=list(said.see),
        sources=[SourceShape(text=one.text, address=one.address) for one in said.references],
        sector=said.sector,
        changed_at=found.changed_at,
        url=glossary.address_of(found.slug, "es"),
    )


@router.get(
    "/glossary-proposals", response={200: ProposalsOut, **KEYS}, url_name="glossary-proposals", summary="List words you proposed", throttle=[KEYED]
)  # fmt: skip
@scoped("content:read")
def proposals(request: KeyRequest, after: After = "", limit: Limit = 50) -> ProposalsOut:
    """The newest first."""
    mark = marks.read(after, marks.moment, UUID)
    found = glossary.own_proposals(request.member, before=(mark[0], mark[1]) if mark else None, limit=limit + 1)
    last = found[limit - 1] if len(found) > limit else None
    return ProposalsOut(
        proposals=[_told(one) for one in found[:limit]], next=marks.write(last.sent_at.isoformat(), last.pk) if last else None
    )


@router.post(
    "/glossary-proposals", response={201: ProposalOut, **WRITES}, url_name="glossary-proposals", summary="Propose a word", throttle=[KEYED]
)  # fmt: skip
@scoped("content:write")
def propose(request: KeyRequest, body: ProposalIn) -> tuple[int, ProposalOut]:
    """The market's staff reads it; nobody else does before it is taken up."""
    said = glossary.Said(
        name_es=body.names.get("es", ""),
        name_en=body.names.get("en", ""),
        others_es=tuple(body.others.get("es", ())),
        others_en=tuple(body.others.get("en", ())),
        line_es=body.lines.get("es", ""),
        line_en=body.lines.get("en", ""),
        see=tuple(body.see),
        references=tuple(glossary.Reference(one.text, one.address) for one in body.sources),
    )
    return 201, _told(glossary.propose(said=said, by=request.member, at=now(), about=body.about, note=body.note))


def _told(row: glossary.Proposal) -> ProposalOut:
    return ProposalOut(id=row.pk, name=row.name, term=row.term, state=row.state, answer=row.answer, sent_at=row.sent_at)
