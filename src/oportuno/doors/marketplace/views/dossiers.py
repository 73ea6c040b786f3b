"""Dossiers: a comparison to take along, by an address of its own, without an account."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from oportuno.doors.marketplace.queries import comparing, dossiers
from oportuno.doors.marketplace.views.frame import Meta, home_crumb, show
from oportuno.kernel.clock import now
from oportuno.kernel.errors import Forbidden, NotFound
from oportuno.kernel.isolation import for_public
from oportuno.kernel.policies import open_to_all
from oportuno.kernel.ui.pages import is_from_own_page
from oportuno.offer.guides import api as guides
from oportuno.people.audience.api.requests import pace_forms


@csrf_exempt  # its form stands on pages that are kept for everybody; the Origin is looked at instead
@require_POST
@open_to_all("whoever compares takes it along; it tells what is public, and is paced")
def begin(request: HttpRequest) -> HttpResponse:
    """POST /dossiers/: what is compared, and the answers of the guide that led there, as the comparison's address says them."""
    if not is_from_own_page(request):
        raise Forbidden(_("A dossier is made from our own pages only."))
    pace_forms(request, "dossier")
    at = now()
    with for_public():
        led = comparing.led_by(request.POST)
        shown = comparing.compare(comparing.asked(request.POST), led)
        if not shown.subjects:
            raise NotFound
        told = dossiers.told(shown, at)
    language = "en" if (get_language() or "es").startswith("en") else "es"
    sellers = [one.seller.organisation for one in shown.subjects] + (
        [led.guide.row.organisation_id] if led and led.guide.row.of_seller else []
    )
    made = guides.begin_dossier(told=told, sellers=sellers, language=language, guide=led.guide.row.pk if led else None, at=at)
    return redirect("market:dossier", dossier=made.pk)


@never_cache
@require_safe
@open_to_all("whoever holds its address reads a dossier, while all in it are on show")
def dossier(request: HttpRequest, dossier: UUID) -> HttpResponse:
    """GET /dossiers/<id>/: what is in it, and the document once it is made."""
    found = guides.dossier_for(dossier)
    if not guides.is_readable(found):
        meta = Meta(title=_("This dossier is not handed out any more"), indexed=False, crumbs=_crumbs())
        return show(request, "marketplace/dossier_gone.html", meta, status=410)
    told = guides.read_dossier(found.told)
    meta = Meta(title=_("Dossier: %(title)s") % {"title": told.title}, indexed=False, crumbs=_crumbs())
    return show(request, "marketplace/dossier.html#state", meta, {"dossier": found, "told": told})


@never_cache
@require_safe
@open_to_all("whoever holds its address reads a dossier, while all in it are on show")
def pdf(request: HttpRequest, dossier: UUID) -> HttpResponse:
    """GET /dossiers/<id>/dossier.pdf"""
    found = guides.dossier_for(dossier, with_pdf=True)
    if found.pdf is None or not guides.is_readable(found):
        raise NotFound
    told = guides.read_dossier(found.told)
    answer = HttpResponse(bytes(found.pdf), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{slugify(told.title)[:60] or "dossier"}-{told.on}.pdf"'
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _crumbs() -> list[tuple[str, str]]:
    return [home_crumb(), (_("Dossier"), "")]
