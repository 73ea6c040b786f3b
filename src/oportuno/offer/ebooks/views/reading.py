"""Books as anybody reads them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oportuno.kernel.isolation import for_organisation, for_public
from oportuno.kernel.policies import open_to_all, public
from oportuno.kernel.routes import spoken
from oportuno.kernel.ui.public import Meta, absolute, home_crumb, show
from oportuno.offer.ebooks.queries import books
from oportuno.offer.ebooks.queries.colours import colours_of
from oportuno.offer.ebooks.rules import schema_org
from oportuno.offer.media import api as media
from oportuno.people.organisations.api import market_operator


@require_safe
@public
def shelf(request: HttpRequest) -> HttpResponse:
    """/libros/: in the reader's language first; ?idioma=es or en for one."""
    chosen = request.GET.get("idioma", "")
    language = chosen if chosen in ("es", "en") else ""
    rows, following = books.shelf_page(language=language, before=_mark(request.GET.get("before", "")))
    own = "en" if (get_language() or "").startswith("en") else "es"
    meta = Meta(
        title=_("Books"),
        description=_("Books made of this market's articles and cases, with all their sources, to take away and read without hurry."),
        crumbs=[home_crumb(), (_("Knowledge"), spoken("/conocimiento/")), (_("Books"), "")],
    )
    context = {
        "rows": sorted(rows, key=lambda one: one.book.language != own),
        "language": language,
        "more": f"?{urlencode({'before': f'{following[0].isoformat()}|{following[1]}', 'idioma': language})}" if following else "",
    }
    return show(request, "ebooks/shelf.html", meta, context)


@require_safe
@public
def book(request: HttpRequest, slug: str) -> HttpResponse:
    """/libros/<slug>/: what is in it, and its file."""
    found = books.shown_book(slug)
    row, edition = found.book, found.edition
    address, file = reverse("ebooks:book", args=[slug]), reverse("ebooks:edition", args=[slug, row.current])
    data: list[dict[str, Any]] = []
    if edition and edition.made_at and found.is_whole:
        parts = [(one.title, absolute(one.href)) for one in found.chapters]
        data = [
            schema_org.ebook(
                name=row.title, about=row.line, url=absolute(address), file=absolute(file), language=row.language, edition=edition.number,
                pages=edition.pages, on=edition.made_at.date().isoformat(), publisher=market_operator().name, parts=parts,
            )
        ]  # fmt: skip
    meta = Meta(
        title=row.title,
        description=row.line or row.subtitle,
        kind="book",
        crumbs=[home_crumb(), (_("Knowledge"), spoken("/conocimiento/")), (_("Books"), reverse("ebooks:shelf")), (row.title, "")],
        indexed=found.is_whole,
        data=data,
    )
    context = {"found": found, "book": row, "edition": edition, "file": file, "colours": colours_of(row.colours)}
    return show(request, "ebooks/book.html", meta, context)


@require_safe
@open_to_all("hands out the file of a book on show, which lies among the operator's documents")
def edition(request: HttpRequest, slug: str, number: int) -> FileResponse:
    """/libros/<slug>/<number>.pdf: 404 while something in it may not be read any more."""
    with for_public():
        _book, found = books.shown_edition(slug, number)
    assert found.document_id
    with for_organisation(found.organisation_id):
        return media.download(found.document_id)


def _mark(text: str) -> tuple[datetime, UUID] | None:
    """Where a page ended; None for what is no mark."""
    moment, _bar, identity = text[:90].partition("|")
    try:
        at, pk = parse_datetime(moment), UUID(identity)
    except ValueError:
        return None
    return (at, pk) if at and at.tzinfo else None
