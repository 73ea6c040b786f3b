"""An edition is made: in steps, each leaving its progress behind."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from oportuno.kernel import prints
from oportuno.kernel.errors import Refusal
from oportuno.kernel.facts import record
from oportuno.offer.ebooks.facts import EditionFailed, EditionMade
from oportuno.offer.ebooks.models import Book, Edition, State
from oportuno.offer.ebooks.queries import making
from oportuno.offer.media import api as media
from oportuno.people.organisations.api import market_operator

Step = Callable[[], AbstractContextManager[None]]


def make_edition(*, edition: UUID, step: Step, now: Callable[[], datetime]) -> bool:
    """Gather, set, keep; whether it was made. `step`: one transaction for the operator each. One that is ready already stays as it is."""
    with step():
        row = _begun(edition)
        if row is None:
            return False
        book = row.book
        made = making.begin(book)
        articles = making.articles_in_order(book)
    for done, article in enumerate(articles, 1):
        with step():
            making.add_chapter(made, article)
            Edition.objects.filter(pk=edition).update(done=done, total=len(articles))
    with step():
        on = now().astimezone(ZoneInfo(market_operator().time_zone)).date()
        printed, pictures = making.printed(made, book, row, on), making.picture_bytes(made)
    try:
        if not articles:
            raise Refusal(_("None of its texts can be read by anybody now."))
        content = prints.pdf(printed, pictures=pictures)
        with step():
            _keep(row, book, made, content, now())
    except Refusal as refusal:
        with step():
            _fail(row, str(refusal), now())
        return False
    return True


def _begun(edition: UUID) -> Edition | None:
    row = Edition.objects.select_for_update().filter(pk=edition).first()
    if row is None or not row.is_going_on:
        return None
    row.book = Book.objects.get(pk=row.book_id)
    row.state, row.of_version = State.MAKING, row.book.version
    row.save(update_fields=["state", "of_version"])
    return row


def _keep(row: Edition, book: Book, made: making.Manuscript, content: bytes, at: datetime) -> None:
    """The file with media, and the book hands it out from now on."""
    if Edition.objects.select_for_update().get(pk=row.pk).state != State.MAKING:
        return
    now_there = Book.objects.select_for_update().get(pk=book.pk)
    document = media.keep_document(file=io.BytesIO(content), name=f"{book.slug}-{row.number}.pdf", by=row.by_id, at=at)
    row.state, row.document_id, row.sources, row.made_at, row.published = State.READY, document.pk, made.sources, at, now_there.published
    row.size, row.pages = len(content), prints.pages_in(content)
    row.save(update_fields=["state", "document_id", "sources", "made_at", "published", "size", "pages"])
    Book.objects.filter(pk=book.pk, current__lt=row.number).update(current=row.number)
    record(EditionMade(book=book.pk, edition=row.pk, by=row.by_id, at=at))


def _fail(row: Edition, reason: str, at: datetime) -> None:
    changed = Edition.objects.filter(pk=row.pk, state=State.MAKING).update(state=State.FAILED, reason=reason[:300])
    if changed:
        record(EditionFailed(book=row.book_id, edition=row.pk, by=row.by_id, at=at))
