"""Books of the market, as any program finds and takes them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from ninja import Query as InQuery
from ninja import Router, Schema
from pydantic import Field

from oportuno.doors.api import marks
from oportuno.doors.api.keys import anybody
from oportuno.doors.api.pace import ANYBODY
from oportuno.doors.api.shapes import After, Limit, problems
from oportuno.kernel.errors import NotFound
from oportuno.offer.ebooks import api as ebooks

router = Router(tags=["ebooks"], auth=None, throttle=[ANYBODY])
FOUND = problems(400, 404, 422, 429)
LISTED = problems(400, 422, 429)
Language = Literal["es", "en"]


class ChapterOut(Schema):
    """A text in the version that is in the book. `newer`: there is a newer one where it stands."""

    number: int
    title: str
    version: int
    newer: bool


class BookOut(Schema):
    """`file` is where its PDF is taken, `size` in bytes; `behind`: a newer edition can be made."""

    slug: str = Field(examples=["lo-que-sabe-este-mercado"])
    language: Language
    title: str
    subtitle: str
    line: str
    edition: int
    made_at: datetime
    pages: int
    size: int
    file: str
    url: str
    behind: bool
    chapters: list[ChapterOut]


class BooksOut(Schema):
    """The newest first. `next` asks for the following page; null at the end."""

    books: list[BookOut]
    next: str | None


@router.get("/ebooks", response={200: BooksOut, **LISTED}, url_name="ebooks", summary="List books")
@anybody
def books(
    request: HttpRequest, language: Annotated[Language | None, InQuery()] = None, after: After = "", limit: Limit = 24
) -> BooksOut:  # fmt: skip
    """Those that anybody may take now."""
    mark = marks.read(after, marks.moment, UUID)
    rows, following = ebooks.shelf_page(language=language or "", before=(mark[0], mark[1]) if mark else None, limit=limit)
    return BooksOut(books=[_told(one) for one in rows], next=marks.write(following[0].isoformat(), following[1]) if following else None)


@router.get("/ebooks/{slug:slug}", response={200: BookOut, **FOUND}, url_name="ebook", summary="Read about a book")
@anybody
def book(request: HttpRequest, slug: str) -> BookOut:
    """404 for one that is not on show, or in which something stands that nobody may read any more."""
    found = ebooks.shown_book(slug)
    if not found.is_whole:
        raise NotFound
    return _told(found)


def _told(one: ebooks.Shelved) -> BookOut:
    edition = one.edition
    assert edition is not None
    assert edition.made_at is not None
    return BookOut(
        slug=one.book.slug,
        language="en" if one.book.language == "en" else "es",
        title=one.book.title,
        subtitle=one.book.subtitle,
        line=one.book.line,
        edition=edition.number,
        made_at=edition.made_at,
        pages=edition.pages,
        size=edition.size,
        file=settings.ORIGIN + reverse("ebooks:edition", args=[one.book.slug, edition.number]),
        url=reverse("ebooks:book", args=[one.book.slug]),
        behind=one.is_behind,
        chapters=[ChapterOut(number=each.number, title=each.title, version=each.version, newer=bool(each.newer)) for each in one.chapters],
    )
