"""Books in the operator's workbench."""

from __future__ import annotations

import json
from typing import Any

from django.http import FileResponse, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oportuno.kernel import content
from oportuno.kernel.clock import now
from oportuno.kernel.content import Editing
from oportuno.kernel.errors import NotFound, Refusal
from oportuno.kernel.ui.pages import page, refuse, show_refusal, tell, warn
from oportuno.offer.ebooks import api
from oportuno.offer.ebooks.forms import BookForm
from oportuno.offer.ebooks.models import Edition, State
from oportuno.offer.ebooks.queries import books as queries
from oportuno.offer.media import api as media
from oportuno.people.organisations.api import MemberRequest, operator

BOTH = ["GET", "HEAD", "POST"]


@operator("see market")
@require_safe
def books(request: MemberRequest) -> HttpResponse:
    """GET /desk/<organisation>/libros/"""
    context = {
        "here": request.member.organisation.slug, "rows": queries.own_books(), "may_edit": request.member.may("publish content"),
    }  # fmt: skip
    return page(request, "ebooks/desk/books.html", context)


@operator("publish content")
@require_http_methods(BOTH)
def new_book(request: MemberRequest) -> HttpResponse:
    """GET and POST /desk/<organisation>/libros/nuevo/"""
    return _book(request, None)


@operator("publish content")
@require_http_methods(BOTH)
def book(request: MemberRequest, slug: str) -> HttpResponse:
    """GET and POST /desk/<organisation>/libros/<slug>/"""
    return _book(request, queries.own_book(slug))


def _book(request: MemberRequest, found: queries.Shelved | None) -> HttpResponse:
    here, row = request.member.organisation.slug, found.book if found else None
    language = request.POST.get("language") or request.GET.get("idioma") or (row.language if row else "es")
    choices = queries.to_choose(language, row.articles if row else ())
    editing = Editing(draw=reverse("ebooks:draw", args=[here]), pickers=media.pickers(here))
    numbers = [one.number for one in choices if one.number]
    form = BookForm(request.POST or None, editing=editing, numbers=numbers, book=row)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            version = form.cleaned_data["version"] if row else None
            try:
                kept = api.keep_book(choice=form.choice, by=request.member, at=now(), slug=row.slug if row else "", version=version)
            except Refusal as refusal:
                status = show_refusal(form, refusal)
            else:
                tell(request, _("Saved. What is on show stays until a new edition is made."))
                return redirect("ebooks:own_book", organisation=here, slug=kept.slug)
    editions = queries.editions_of(row) if row else []
    context: dict[str, Any] = {
        "here": here, "found": found, "book": row, "form": form, "editions": editions, "newest": editions[0] if editions else None,
        "choices": [(one, form[f"place_{one.number}"], language) for one in choices if one.number],
    }  # fmt: skip
    return page(request, "ebooks/desk/book.html", context, status=status)


@operator("publish content")
@require_POST
def editions(request: MemberRequest, slug: str) -> HttpResponse:
    """POST …/ediciones/: have one made."""
    try:
        api.ask_edition(slug=slug, by=request.member, at=now())
    except NotFound:
        raise
    except Refusal as refusal:
        warn(request, refusal)
    else:
        tell(request, _("It is being made. You can leave this page."))
    return redirect("ebooks:own_book", organisation=request.member.organisation.slug, slug=slug)


@operator("see market")
@require_safe
def progress(request: MemberRequest, slug: str) -> HttpResponse:
    """GET …/avance/: how far the newest edition is; asked again until it is done."""
    found = queries.own_book(slug)
    newest = next(iter(queries.editions_of(found.book)), None)
    if newest is None:
        raise NotFound
    return page(request, "ebooks/desk/progress.html", {"here": request.member.organisation.slug, "book": found.book, "newest": newest})


@operator("publish content")
@require_POST
def publication(request: MemberRequest, slug: str) -> HttpResponse:
    """POST …/publicacion/: `shown` 1 or 0."""
    try:
        kept = api.show_book(slug=slug, shown=request.POST.get("shown") == "1", by=request.member, at=now())
    except NotFound:
        raise
    except Refusal as refusal:
        warn(request, refusal)
    else:
        tell(request, _("Anybody finds it now.") if kept.published else _("Nobody finds it outside now."))
    return redirect("ebooks:own_book", organisation=request.member.organisation.slug, slug=slug)


@operator("see market")
@require_safe
def edition(request: MemberRequest, slug: str, number: int) -> FileResponse:
    """GET …/<number>.pdf: any edition, on show or not."""
    found = Edition.objects.filter(book=queries.own_book(slug).book, number=number, state=State.READY).first()
    if found is None or found.document_id is None:
        raise NotFound
    return media.download(found.document_id)


@operator("publish content")
@require_POST
def draw(request: MemberRequest) -> HttpResponse:
    """POST …/bloques/: how cards look, for the editor."""
    try:
        return JsonResponse(content.drawn(json.loads(request.body), language="es"))
    except ValueError:
        return refuse(request, Refusal(_("This is not a document of blocks.")))
    except Refusal as refusal:
        return JsonResponse({"detail": str(refusal)}, status=refusal.status)
