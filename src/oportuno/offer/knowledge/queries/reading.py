"""A version as it is read: its text with citations, what it cites, who signs, how it is cited itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.html import linebreaks
from django.utils.safestring import SafeString, mark_safe

from oportuno.kernel.content import read, render_html
from oportuno.offer.directory import api as directory
from oportuno.offer.knowledge.models import Article, Draft, Version
from oportuno.offer.knowledge.queries.cards import reader_language
from oportuno.offer.knowledge.rules import texts as rules
from oportuno.offer.knowledge.rules.citing import cite
from oportuno.offer.knowledge.rules.sources import Item, apa_html
from oportuno.offer.sites import api as sites
from oportuno.people.organisations.api import Organisation


@dataclass(frozen=True)
class Source:
    """A source at the end of the text. `places`: anchors where the text cites it."""

    number: int
    key: str
    html: SafeString
    places: Sequence[str]
    item: Item


@dataclass(frozen=True)
class Signer:
    """Who signs. `href` leads to her page, "" for who has none on show."""

    name: str
    family: str
    given: str
    affiliation: str
    orcid: str
    href: str


@dataclass(frozen=True)
class Figure:
    name: str
    before: str
    after: str
    unit: str


@dataclass(frozen=True)
class Reading:
    """One language of a version. `parts`: (code, html) of a case; `unknown`: keys that no source has, which only drafts cite."""

    language: str
    languages: Sequence[str]
    title: str
    summary: str
    body: SafeString
    parts: Sequence[tuple[str, SafeString]]
    figures: Sequence[Figure]
    sources: Sequence[Source]
    signers: Sequence[Signer]
    unknown: Sequence[str] = field(default_factory=tuple)


def reading(written: Version | Draft, owner: Organisation, references: Sequence[Item], *, wanted: str = "") -> Reading:
    """`references`: with their ids, in their order. `wanted`: a language; the reader's own without it."""
    language = rules.language_of(written.texts, wanted or reader_language())
    text = written.texts.get(language, {})
    numbers = {one["id"]: place for place, one in enumerate(references, 1)}
    places: dict[str, list[str]] = {}
    unknown: list[str] = []

    def drawn(html: str) -> SafeString:
        cited = cite(html, numbers, seen=places)
        unknown.extend(cited.unknown)
        return mark_safe(cited.html)

    parts = [(part, drawn(_paragraphs(text[part]))) for part in rules.PARTS_OF_A_CASE if text.get(part)]
    body = drawn(render_html(read(text["document"]), language=language)) if text.get("document") else mark_safe("")
    return Reading(
        language=language,
        languages=rules.written_in(written.texts),
        title=text.get("title", ""),
        summary=text.get("summary", ""),
        body=body,
        parts=parts,
        figures=[Figure(one[language] or one["es"] or one["en"], one["before"], one["after"], one["unit"]) for one in written.figures],
        sources=[
            Source(place, one["id"], mark_safe(apa_html(one, language)), places.get(one["id"], []), one)
            for place, one in enumerate(references, 1)
        ],
        signers=signers(written.bylines, owner),
        unknown=list(dict.fromkeys(unknown)),
    )


def signers(bylines: Sequence[dict[str, str]], owner: Organisation) -> list[Signer]:
    """Those who have an author's page on show in the owner's site are linked to it; one query."""
    pages = [UUID(one["author"]) for one in bylines if one.get("author")]
    shown = {str(one.pk): one.slug for one in sites.Author.objects.filter(pk__in=pages, published=True).only("slug")} if pages else {}
    return [
        Signer(
            f"{one['given']} {one['family']}".strip(), one["family"], one["given"], one["affiliation"], one["orcid"],
            f"/v/{owner.slug}/blog/autor/{shown[one['author']]}/" if one.get("author") in shown else "",
        )
        for one in bylines
    ]  # fmt: skip


@dataclass(frozen=True)
class Told:
    """The seller that a case tells of."""

    name: str
    href: str


def told_of(article: Article) -> Told | None:
    """None for nobody, and for who is not on show now."""
    if article.about_seller is None:
        return None
    found = directory.Seller.objects.filter(organisation_id=article.about_seller, published=True).first()
    return Told(found.trade_name, f"/v/{found.slug}/") if found else None


def _paragraphs(text: Any) -> str:
    return linebreaks(str(text), autoescape=True)
