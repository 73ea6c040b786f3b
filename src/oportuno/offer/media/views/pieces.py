"""Pieces in the workbench."""

from __future__ import annotations

import json
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oportuno.kernel.clock import now
from oportuno.kernel.content import drawn
from oportuno.kernel.errors import Refusal
from oportuno.kernel.ui.pages import page, show_refusal, tell
from oportuno.offer.media.actions import pieces as deeds
from oportuno.offer.media.forms import PieceForm
from oportuno.offer.media.models import Piece
from oportuno.offer.media.queries import pieces as queries
from oportuno.offer.media.views.parts import media_tabs
from oportuno.people.organisations.api import MemberRequest, member

STATES = ("", "published", "hidden")


@member("see")
@require_safe
def pieces(request: MemberRequest) -> HttpResponse:
    """GET /desk/<organisation>/medios/piezas/"""
    here = request.member.organisation.slug
    state = request.GET.get("state", "")
    state = state if state in STATES else ""
    found = queries.own_pieces(state=state, after=queries.mark_of(request.GET.get("after", "")))
    shown = found[: queries.PAGE]
    context = {
        "pieces": shown, "after": queries.as_mark(shown[-1]) if len(found) > queries.PAGE else "", "state": state, "here": here,
        "may_edit": request.member.may("edit content"), "tabs": media_tabs(here, "pieces"),
    }  # fmt: skip
    return page(request, "media/pieces.html", context)


@member("edit content")
@require_http_methods(["GET", "HEAD", "POST"])
def new_piece(request: MemberRequest) -> HttpResponse:
    """GET, POST …/medios/piezas/nueva/"""
    return _edit(request, None)


@member("edit content")
@require_http_methods(["GET", "HEAD", "POST"])
def piece(request: MemberRequest, piece: UUID) -> HttpResponse:
    """GET, POST …/medios/piezas/<id>/"""
    return _edit(request, queries.piece_for(piece))


def _edit(request: MemberRequest, found: Piece | None) -> HttpResponse:
    here, by, at = request.member.organisation.slug, request.member.id, now()
    form = PieceForm(request.POST if request.method == "POST" else None, slug=here, piece=found, begun=request.GET)
    if request.method == "POST" and form.is_valid():
        try:
            telling = form.telling()
            kept = (
                deeds.change_piece(piece=found, telling=telling, by=by, at=at) if found else deeds.make_piece(telling=telling, by=by, at=at)
            )
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            tell(request, _("Saved."))
            return redirect("library:piece", organisation=here, piece=kept.pk)
    return page(request, "media/piece.html", {"piece": found, "form": form, "here": here}, status=422 if form.errors else 200)


@member("edit content")
@require_POST
def publication(request: MemberRequest, piece: UUID) -> HttpResponse:
    """POST …/medios/piezas/<id>/publicacion/: to everybody, or (with `hide`) to nobody."""
    found, here = queries.piece_for(piece), request.member.organisation.slug
    try:
        deeds.show_piece(piece=found, published=not request.POST.get("hide"), by=request.member.id, at=now())
    except Refusal as refusal:
        context = {"piece": found, "form": PieceForm(slug=here, piece=found), "here": here, "refusal": refusal}
        return page(request, "media/piece.html", context, status=refusal.status)
    tell(request, _("It is on show.") if found.published else _("Nobody sees it any more."))
    return redirect("library:piece", organisation=here, piece=found.pk)


@member("edit content")
@require_POST
def removal(request: MemberRequest, piece: UUID) -> HttpResponse:
    """POST …/medios/piezas/<id>/retiro/"""
    deeds.remove_piece(piece=queries.piece_for(piece), by=request.member.id, at=now())
    tell(request, _("The piece is gone; what it showed is still in the library."))
    return redirect("library:pieces", organisation=request.member.organisation.slug)


@member("edit content")
@require_POST
def drawing(request: MemberRequest) -> HttpResponse:
    """POST …/medios/dibujo/: cards of the editor, as readers will see them."""
    try:
        return JsonResponse(drawn(json.loads(request.body), language=get_language() or "es"))
    except ValueError:
        return JsonResponse({"detail": _("This is not a document of blocks.")}, status=422)
    except Refusal as refusal:
        return JsonResponse({"detail": str(refusal)}, status=refusal.status)
