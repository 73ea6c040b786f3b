"""Books as anybody and as the operator's staff sees them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oportuno.kernel.desk import Task
from oportuno.kernel.errors import NotFound
from oportuno.kernel.isolation import for_public
from oportuno.offer.ebooks.models import Book, Edition, State
from oportuno.offer.knowledge import api as knowledge
from oportuno.people.organisations.api import Member

PAGE = 24
RENEW = 65  # rank: a book that is a version behind can wait
Mark = tuple[datetime, UUID]


@dataclass(frozen=True)
class Chapter:
    """A text of an edition. `href` "" and `newer` None for what nobody may read any more; `newer` tells of a newer version."""

    title: str
    number: int
    version: int
    href: str
    newer: bool | None


@dataclass(frozen=True)
class Shelved:
    """A book with the edition that it hands out. `is_whole`: everything in it may still be read by anybody."""

    book: Book
    edition: Edition | None
    chapters: Sequence[Chapter]

    @property
    def is_whole(self) -> bool:
        return self.edition is not None and all(one.newer is not None for one in self.chapters)

    @property
    def is_behind(self) -> bool:
        """Whether a newer edition can be made."""
        changed = self.edition is None or self.edition.of_version != self.book.version
        return changed or any(one.newer is not False for one in self.chapters)


def shelf_page(*, language: str = "", before: Mark | None = None, limit: int = PAGE) -> tuple[list[Shelved], Mark | None]:
    """Books on show that can be handed out, the newest first, and where the following page begins. Acts as anybody; three queries."""
    rows = Book.objects.filter(published=True)
    if language:
        rows = rows.filter(language=language)
    if before:
        rows = rows.filter(shown_at__lte=before[0]).exclude(shown_at=before[0], pk__gte=before[1])
    found = list(rows.order_by("-shown_at", "-pk")[: limit + 1])
    last = found[limit - 1] if len(found) > limit else None
    whole = [one for one in shelved(found[:limit]) if one.is_whole]
    return whole, (last.shown_at, last.pk) if last and last.shown_at else None


def addresses() -> list[tuple[str, datetime | None]]:
    """For the map of search engines: paths and when they changed."""
    rows = Book.objects.filter(published=True).order_by("slug").values_list("slug", "changed_at")[:10_000]
    return [(reverse("ebooks:book", args=[slug]), at) for slug, at in rows]


def count() -> int:
    return Book.objects.filter(published=True).count()


def shown_book(slug: str) -> Shelved:
    """Acts as anybody. Raises NotFound."""
    book = Book.objects.filter(slug=slug, published=True).first()
    if book is None:
        raise NotFound
    return shelved([book])[0]


def shown_edition(slug: str, number: int) -> tuple[Book, Edition]:
    """One that may be handed out: everything in it may still be read by anybody. Acts as anybody. Raises NotFound."""
    book = Book.objects.filter(slug=slug, published=True).first()
    edition = Edition.objects.filter(book=book, number=number, published=True).first() if book else None
    if book is None or edition is None or any(one.newer is None for one in _chapters(edition, _live([edition]))):
        raise NotFound
    return book, edition


def shelved(books: Sequence[Book]) -> list[Shelved]:
    """Each with its current edition and what is in it; two queries for all."""
    current = Edition.objects.filter(book__in=books, state=State.READY, number=F("book__current"))
    editions = {one.book_id: one for one in current}
    live = _live(editions.values())
    return [_shelved(book, editions.get(book.pk), live) for book in books]


def _shelved(book: Book, edition: Edition | None, live: dict[int, knowledge.Article]) -> Shelved:
    return Shelved(book, edition, _chapters(edition, live) if edition else ())


def _live(editions: Iterable[Edition]) -> dict[int, knowledge.Article]:
    """What of these can be read by anybody now, by number."""
    numbers = {one["number"] for edition in editions for one in edition.sources}
    with for_public():
        return {one.number: one for one in knowledge.articles_numbered(numbers) if one.number}


def _chapters(edition: Edition, live: dict[int, knowledge.Article]) -> list[Chapter]:
    found = []
    for one in edition.sources:
        article = live.get(one["number"])
        href = reverse("knowledge:article", args=[article.number, article.slug]) if article else ""
        newer = article.live > one["version"] if article else None
        found.append(Chapter(one["title"] if article else "", one["number"], one["version"], href, newer))
    return found


def editions_of(book: Book) -> list[Edition]:
    """The newest first."""
    return list(Edition.objects.filter(book=book).order_by("-number")[:50])


def own_books() -> list[Shelved]:
    """The operator's, the latest changed first."""
    return shelved(list(Book.objects.order_by("-changed_at", "-pk")[:100]))


def own_book(slug: str) -> Shelved:
    """Raises NotFound."""
    book = Book.objects.filter(slug=slug).first()
    if book is None:
        raise NotFound
    return shelved([book])[0]


def tasks(member: Member, at: datetime) -> Iterator[Task]:
    """For the operator's staff: books on show of which a newer edition can be made."""
    here = member.organisation
    if not here.is_operator or not member.may("publish content"):
        return
    behind = [one for one in shelved(list(Book.objects.filter(published=True).order_by("-shown_at")[:50])) if one.is_behind]
    if behind:
        words = ngettext("Renew %(n)s book", "Renew %(n)s books", len(behind)) % {"n": len(behind)}
        why = _("Its texts have newer versions, or are not all on show any more.")
        yield Task(words, reverse("ebooks:books", args=[here.slug]), "notebook", RENEW, why=why)


def to_choose(language: str, chosen: Sequence[int]) -> list[knowledge.Article]:
    """Texts to pick from: those chosen, in their order, then the newest of that language."""
    with for_public():
        there = {one.number: one for one in knowledge.articles_numbered(chosen)}
        newest = knowledge.newest(limit=100)
    rest = [one for one in newest if one.number not in there and (one.words_en if language == "en" else one.words_es)]
    return [*(there[number] for number in chosen if number in there), *rest]
