"""The knowledge centre of the vertical, and what the demo's sellers write in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from oportuno.doors.commandline.seeding.cast import Cast
from oportuno.kernel.content import write
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.packs import Pack
from oportuno.kernel.packs.demo import Demo
from oportuno.kernel.packs.knowledge import Piece
from oportuno.offer.knowledge import api as knowledge
from oportuno.offer.sites import api as sites
from oportuno.people.organisations.api import Member, Organisation, market_operator

SENTENCE = re.compile(r"(?<=[.?!])\s+")
TO_A_PARAGRAPH, IN_SUMMARY = 4, 2


def name_subjects(pack: Pack) -> None:
    """The vertical's subjects."""
    knowledge.name_subjects(
        [knowledge.Subject(one.slug, one.title.model_dump(), one.line.model_dump() if one.line else {}, one.icon) for one in pack.knowledge.subjects]
    )  # fmt: skip


def teach_vertical(pack: Pack, *, at: datetime) -> None:
    """The vertical's own reference, signed by the operator; its versions in their order."""
    for piece in pack.knowledge.pieces:
        _bring(piece, market_operator(), at)


def teach(pack: Pack, demo: Demo, cast: Cast, at: datetime) -> None:
    """Short articles of sellers, then the cases and articles with sources."""
    for article in demo.articles:
        texts = {language: _cut(text) for language, text in article.body.model_dump().items() if text}
        brought = knowledge.Brought(
            slug=article.slug,
            kind="article",
            texts={language: {"title": getattr(article.title, language), **text} for language, text in texts.items()},
            tags=article.tags,
            categories=article.categories,
        )
        knowledge.bring_article(organisation=cast.organisations[article.seller], article=brought, at=at - timedelta(days=article.days_ago))
    for piece in demo.pieces:
        if piece.waits:
            _hand_in(piece, cast.owners[piece.seller], at)
        else:
            _bring(piece, cast.organisations[piece.seller], at)


def _bring(piece: Piece, owner: Organisation, at: datetime) -> None:
    """Its versions, the oldest first. What a version does not say is as in the one before."""
    said: dict[str, Any] = {}
    for version in piece.versions:
        said |= {name: value for name in VERSIONED if (value := getattr(version, name)) not in (None, ())}
        brought = knowledge.Brought(
            slug=piece.slug, kind=piece.kind, texts=_texts(piece.kind, said), tags=piece.tags, categories=piece.categories, sector=piece.sector,
            about_seller=piece.about, bylines=[one.model_dump() for one in piece.authors],
            figures=[one.as_row() for one in said.get("figures", ())], references=said.get("references", ()),
            news=version.news.es if version.news else "",
            news_en=version.news.en if version.news else "",
        )  # fmt: skip
        knowledge.bring_article(organisation=owner, article=brought, at=at - timedelta(days=version.days_ago))


def _hand_in(piece: Piece, by: Member, at: datetime) -> None:
    """A contribution that waits for the market's staff."""
    version = piece.versions[0]
    said = {name: getattr(version, name) for name in VERSIONED}
    texts = {language: {**text, "document": write(text["document"])} for language, text in _texts(piece.kind, said).items()}
    when = at - timedelta(days=version.days_ago)
    with for_organisation(by.organisation.pk):
        article = knowledge.begin_article(kind=piece.kind, by=by, at=when)
        knowledge.keep_draft(
            article=article.pk, texts=texts, figures=[one.as_row() for one in version.figures],
            filing={"categories": piece.categories, "tags": piece.tags, "sector": piece.sector}, by=by, at=when,
        )  # fmt: skip
        for one in version.references:
            knowledge.keep_source(article=article.pk, source=None, key=one["id"], csl=one, by=by, at=when)
        knowledge.hand_in(article=article.pk, by=by, at=when)


VERSIONED = ("title", "summary", "body", "who", "problem", "done", "result", "figures", "references")


def _texts(kind: str, said: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    parts = ("title", "summary", *(("who", "problem", "done", "result") if kind == "case" else ()))
    texts: dict[str, dict[str, Any]] = {}
    for language in ("es", "en"):
        body = getattr(said["body"], language) if said.get("body") else ""
        texts[language] = {part: getattr(said[part], language) for part in parts if said.get(part)}
        texts[language]["document"] = sites.outlined(body)
    return texts


def _cut(text: str) -> dict[str, Any]:
    """One long text without any division: its first sentences are the summary, the rest paragraphs that can be read."""
    sentences = SENTENCE.split(text.strip())
    rest = sentences[IN_SUMMARY:] or sentences
    paragraphs = [" ".join(rest[start : start + TO_A_PARAGRAPH]) for start in range(0, len(rest), TO_A_PARAGRAPH)]
    return {"summary": " ".join(sentences[:IN_SUMMARY]), "document": sites.outlined("\n\n".join(paragraphs))}
