"""A book as pieces of a print: introduction, chapters, sources, words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from html import escape
from typing import Literal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from oportuno.kernel import content, formats, prints
from oportuno.kernel.isolation import for_public
from oportuno.kernel.prints import Piece, Run, inline, plain_runs
from oportuno.offer.ebooks.models import Book, Edition
from oportuno.offer.ebooks.queries.colours import colours_of
from oportuno.offer.ebooks.rules.gathering import Sources, in_all, texts_in
from oportuno.offer.glossary import api as glossary
from oportuno.offer.knowledge import api as knowledge
from oportuno.offer.media import api as media
from oportuno.people.organisations.api import Organisation, market_operator


@dataclass
class Manuscript:
    """What has been gathered so far. `sources`: what stands in it, for the edition."""

    language: str
    pieces: list[Piece] = field(default_factory=list)
    cited: Sources = field(default_factory=Sources)
    sources: list[dict[str, object]] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    reader: str = ""


def articles_in_order(book: Book) -> list[knowledge.Article]:
    """Those of its articles that anybody may read now, in the book's order; one query. Acts as anybody."""
    with for_public():
        there = {one.number: one for one in knowledge.articles_numbered(book.articles)}
    return [there[number] for number in book.articles if number in there]


def begin(book: Book) -> Manuscript:
    """With the introduction."""
    made = Manuscript(book.language)
    with spoken(book.language):
        if book.introduction:
            document = content.read(book.introduction)
            made.pictures += prints.picture_ids(document)
            made.pieces += [prints.Heading(plain_runs(_("Introduction"))), *_pieces(document, book.language)]
    return made


def add_chapter(made: Manuscript, article: knowledge.Article) -> None:
    """The newest version of an article, in the book's language or else its own."""
    with for_public(), spoken(made.language):
        version = knowledge.version_of(article)
        owner = Organisation.objects.get(pk=article.organisation_id)
        text = knowledge.reading(version, owner, version.references, wanted=made.language)
        numbers = made.cited.numbers(version.references)
        chapter = [*_opening(article, version, text, made), *_told(version.texts[text.language], text, made)]
    made.pieces += [in_all(one, Run, lambda run: _cited(run, numbers)) for one in chapter]
    made.sources.append({"number": article.number, "version": version.number, "title": text.title, "organisation": article.organisation_id})
    made.authors += [one.name for one in text.signers if one.name not in made.authors]


def _opening(article: knowledge.Article, version: knowledge.Version, text: knowledge.Reading, made: Manuscript) -> Iterator[Piece]:
    yield prints.Heading(plain_runs(text.title))
    address = settings.ORIGIN + reverse("knowledge:version", args=[article.number, article.slug, version.number])
    signed = ", ".join(one.name for one in text.signers)
    told = _("Version %(number)s, %(day)s") % {"number": version.number, "day": _said(_day(version.at), made.language)}
    yield prints.Text((Run(f"{signed}. " if signed else ""), Run(told, (), address)), small=True)
    if text.summary:
        yield prints.Text(plain_runs(text.summary), lead=True)


def _told(written: dict[str, object], text: knowledge.Reading, made: Manuscript) -> Iterator[Piece]:
    """The parts of a case, then the text, then its figures."""
    for part, _html in text.parts:
        yield prints.Heading(plain_runs(_title_of(part)), 2, listed=False)
        for paragraph in str(written[part]).split("\n\n"):
            yield prints.Text(plain_runs(paragraph.strip()))
    if written.get("document"):
        document = content.read(written["document"])
        made.pictures += prints.picture_ids(document)
        yield from _pieces(document, made.language, below=1)
    if text.figures:
        head = tuple(plain_runs(one) for one in (_("What was measured"), pgettext("figure", "Before"), pgettext("figure", "After")))
        rows = tuple(
            (plain_runs(one.name), plain_runs(f"{one.before} {one.unit}".strip()), plain_runs(f"{one.after} {one.unit}".strip()))
            for one in text.figures
        )
        yield prints.Table((head, *rows), head_column=True)


def _title_of(part: str) -> str:
    """As the case's own page names its parts."""
    return {
        "who": pgettext("case", "Who"),
        "problem": pgettext("case", "The problem"),
        "done": pgettext("case", "What was done"),
        "result": pgettext("case", "What came of it"),
    }[part]


def _pieces(document: content.Document, language: str, below: int = 0) -> list[Piece]:
    return prints.pieces_of(document, language=language, base=settings.ORIGIN, below=below)


def _cited(run: Run, numbers: dict[str, int]) -> tuple[Run, ...]:
    """Marks as numbers that lead to the sources at the end."""
    if "[@" not in run.text or "code" in run.looks:
        return (run,)
    made = inline(knowledge.cite(escape(run.text, quote=False), numbers).html)
    return tuple(replace(one, looks=run.looks, href=run.href if not one.to else "") for one in made)


def printed(made: Manuscript, book: Book, edition: Edition, on: date) -> prints.Print:
    """The whole, with contents in front; sources, words and what this is at its end."""
    market, colours = market_operator(), colours_of(book.colours)
    address = settings.ORIGIN + reverse("ebooks:book", args=[book.slug])
    with spoken(book.language):
        pieces = [
            prints.Contents(_("Contents")),
            *_chapters(made.pieces),
            *_sources(made),
            *(_words(made) if book.with_words else ()),
            *_about(made, book, edition, market.name, address, on),
        ]
        return prints.Print(
            title=book.title,
            subtitle=book.subtitle,
            pieces=tuple(pieces),
            language="en" if book.language == "en" else "es",
            on=on,
            authors=tuple(made.authors[:6]) + ((_("and others"),) if len(made.authors) > 6 else ()),
            above=market.name,
            below=(_("Edition %(number)s, %(day)s") % {"number": edition.number, "day": _said(on, book.language)}, address),
            foot=f"{book.title} · {market.name}",
            cover=True,
            brand=colours.brand,
            on_brand=colours.on_brand,
        )


def _chapters(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Each begins a page."""
    for one in pieces:
        if isinstance(one, prints.Heading) and one.level == 1:
            yield prints.Break()
        yield one


def _sources(made: Manuscript) -> Iterator[Piece]:
    if made.cited.items:
        yield prints.Break()
        yield prints.Heading(plain_runs(_("Sources")))
        items = tuple(
            prints.Item(plain_runs(knowledge.apa_text(one, made.language)), anchor=f"fuente-{number}")
            for number, one in enumerate(made.cited.items, 1)
        )
        yield prints.List(items, numbered=True)


def _words(made: Manuscript) -> Iterator[Piece]:
    """The terms that its text names."""
    language: Literal["es", "en"] = "en" if made.language == "en" else "es"
    matcher = glossary.matcher_of(language)
    used = {entry.key for one in made.pieces for text in texts_in(one, Run) for _from, _to, entry in matcher.find(text)}
    if used:
        yield prints.Break()
        yield prints.Heading(plain_runs(_("Words of the trade")))
        for one in glossary.terms_named(sorted(used), language):
            address = settings.ORIGIN + glossary.address_of(one.slug, language)
            yield prints.Text((Run(one.name, ("strong",), address), Run(f": {one.line}")))


def _about(made: Manuscript, book: Book, edition: Edition, market: str, address: str, on: date) -> Iterator[Piece]:
    yield prints.Break()
    yield prints.Heading(plain_runs(_("About this book")))
    count = len(made.sources)
    told = ngettext(
        "%(market)s made it of %(n)s text of its knowledge centre, in the version that was on show that day.",
        "%(market)s made it of %(n)s texts of its knowledge centre, in the versions that were on show that day.",
        count,
    ) % {"market": market, "n": count}
    yield prints.Text(plain_runs(told))
    yield prints.Facts(
        (
            (_("Edition"), plain_runs(f"{edition.number}, {_said(on, book.language)}")),
            (_("Newer editions"), (Run(address, (), address),)),
        )
    )


def picture_bytes(made: Manuscript) -> dict[str, bytes]:
    """What the press needs of the library."""
    with for_public():
        return media.picture_contents(dict.fromkeys(made.pictures))


def spoken(language: str) -> translation.override:
    """The whole name of a book's language."""
    return translation.override("en" if language == "en" else "es-co")


def _said(on: date, language: str) -> str:
    return formats.long_day(on, formats.locale_of(language))


def _day(at: object) -> date:
    return at.astimezone(ZoneInfo(market_operator().time_zone)).date()  # type: ignore[attr-defined,no-any-return]
