"""The operator's staff puts books together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from oportuno.kernel import content
from oportuno.kernel.errors import Conflict, NotFound, Refusal
from oportuno.kernel.facts import record
from oportuno.kernel.isolation import for_public
from oportuno.kernel.jobs import defer
from oportuno.offer.ebooks.facts import BookChanged, BookHidden, BookPublished
from oportuno.offer.ebooks.models import Book, Edition, State
from oportuno.offer.ebooks.queries.colours import palette
from oportuno.offer.knowledge import api as knowledge
from oportuno.people.organisations.api import Member

MOST_ARTICLES = 60


@dataclass(frozen=True)
class Choice:
    """What a book is. `articles`: public numbers in their order; `introduction`: a document as JSON, {} for none."""

    title: str
    language: str = "es"
    subtitle: str = ""
    line: str = ""
    introduction: dict[str, Any] = field(default_factory=dict)
    articles: Sequence[int] = ()
    colours: str = ""
    with_words: bool = True


@transaction.atomic
def keep_book(*, choice: Choice, by: Member, at: datetime, slug: str = "", version: int | None = None) -> Book:
    """Put a book together, or (`slug`) change one; its editions stay as they are. Raises NotFound, Conflict, Refusal."""
    choice_now = _checked(choice)
    book = book_to_change(slug) if slug else Book(slug=_free_slug(choice.title), created_at=at, version=0)
    if slug and version is not None and book.version != version:
        raise Conflict(_("Somebody else changed this book meanwhile. Look at it again before you write over it."))
    for name, value in choice_now.items():
        setattr(book, name, value)
    book.version, book.changed_at, book.changed_by_id = book.version + 1, at, by.id
    book.save(force_insert=not slug)
    record(BookChanged(book=book.pk, by=by.id, at=at))
    return book


@transaction.atomic
def ask_edition(*, slug: str, by: Member, at: datetime) -> Edition:
    """Have it made. Raises NotFound, Refusal for a book without articles, Conflict while one is being made."""
    book = book_to_change(slug)
    if not book.articles:
        raise Refusal(_("Choose at least one article first."), field="articles")
    newest = Edition.objects.filter(book=book).order_by("-number").first()
    if newest and newest.is_going_on:
        raise Conflict(_("An edition is being made already."))
    edition = Edition.objects.create(
        book=book, number=newest.number + 1 if newest else 1, total=len(book.articles), by_id=by.id, asked_at=at
    )
    defer("ebooks.make", edition=str(edition.pk))
    return edition


@transaction.atomic
def show_book(*, slug: str, shown: bool, by: Member, at: datetime) -> Book:
    """Let anybody find it, or nobody. Raises NotFound, Refusal before its first edition."""
    book = book_to_change(slug)
    if shown and not book.current:
        raise Refusal(_("Have an edition made first: there is nothing to read yet."))
    if book.published != shown:
        book.published, book.shown_at = shown, book.shown_at or at
        book.save(update_fields=["published", "shown_at"])
        Edition.objects.filter(book=book, state=State.READY).update(published=shown)
        record((BookPublished if shown else BookHidden)(book=book.pk, by=by.id, at=at))
    return book


def book_to_change(slug: str) -> Book:
    """Locked until the transaction ends. Raises NotFound."""
    book = Book.objects.select_for_update().filter(slug=slug).first()
    if book is None:
        raise NotFound
    return book


def _checked(choice: Choice) -> dict[str, Any]:
    """Columns. Raises Refusal."""
    title = " ".join(choice.title.split())
    if not slugify(title):
        raise Refusal(_("Give it a title with letters: its address is made of it."), field="title")
    articles = list(dict.fromkeys(choice.articles))
    if len(articles) > MOST_ARTICLES:
        raise Refusal(_("A book holds at most %(most)s texts.") % {"most": MOST_ARTICLES}, field="articles")
    with for_public():
        there = {one.number for one in knowledge.articles_numbered(articles)}
    if gone := [number for number in articles if number not in there]:
        raise Refusal(_("Number %s is no article that anybody may read.") % gone[0], field="articles")
    document = content.read(choice.introduction) if choice.introduction else content.EMPTY
    known = [one.slug for one in palette()]
    return {
        "title": title[:140],
        "language": "en" if choice.language == "en" else "es",
        "subtitle": " ".join(choice.subtitle.split())[:200],
        "line": " ".join(choice.line.split())[:400],
        "introduction": content.write(document) if document.blocks else {},
        "articles": articles,
        "colours": choice.colours if choice.colours in known else known[0],
        "with_words": choice.with_words,
    }


def _free_slug(title: str) -> str:
    wanted = slugify(title)[:50].strip("-")
    taken = set(Book.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    return next(one for one in (wanted, *(f"{wanted}-{number}" for number in range(2, len(taken) + 3))) if one not in taken)
