"""The grid of stock by point of sale, and its history."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oportuno.kernel.clock import now
from oportuno.kernel.errors import NotFound, Refusal
from oportuno.kernel.ui.pages import is_htmx, page, show_refusal, tell
from oportuno.offer.catalogue import api
from oportuno.offer.catalogue.forms import MovementForm
from oportuno.offer.catalogue.models import Offer
from oportuno.offer.catalogue.queries import desk
from oportuno.offer.catalogue.queries.places import places_of
from oportuno.offer.catalogue.views.products import as_id
from oportuno.people.organisations.api import MemberRequest, member


@member("see")
@require_safe
def stock(request: MemberRequest) -> HttpResponse:
    """GET /desk/<organisation>/existencias/"""
    here = request.member.organisation
    text = request.GET.get("q", "")[:80]
    places, rows, after = desk.stock_page(here.pk, text, as_id(request.GET.get("after", "")))
    context = {
        "places": places,
        "rows": rows,
        "after": after,
        "text": text,
        "may_edit": request.member.may("edit stock"),
        "here": here.slug,
    }
    return page(request, "catalogue/stock.html", context)


@member("see")
@require_safe
def offer_stock(request: MemberRequest, offer: UUID) -> HttpResponse:
    """GET …/existencias/<offer>/movimientos/: one offer: what there is where, what came and went; and the form for both."""
    return _offer(request, offer)


def _offer(request: MemberRequest, offer: UUID, form: MovementForm | None = None, refusal: Refusal | None = None) -> HttpResponse:
    here = request.member.organisation
    places = places_of(here.pk)
    rows = desk.stock_rows(here.pk, Offer.objects.filter(pk=offer, organisation_id=here.pk, has_variants=False), places)
    if not rows:
        raise NotFound
    history, after = desk.movements_page(here.pk, as_id(request.GET.get("after", "")), offer=offer)
    context = {
        "row": rows[0], "form": form or MovementForm(places=places), "rows": history, "after": after, "here": here.slug,
        "may_edit": request.member.may("edit stock"), "refusal": refusal,
    }  # fmt: skip
    status = refusal.status if refusal else 422 if form and form.errors else 200
    return page(request, "catalogue/offer_stock.html", context, status=status)


@member("edit stock")
@require_POST
def count(request: MemberRequest, offer: UUID) -> HttpResponse:
    """POST …/existencias/<offer>/ with `on_hand` and `place`: somebody counted. htmx gets the row again."""
    here = request.member.organisation
    refusal: Refusal | None = None
    try:
        place = _place(request)
        said = request.POST.get("on_hand", "").strip()
        if not said.isdecimal() or len(said) > 10:
            raise Refusal(_("Write a whole number, zero or more."), field="on_hand")
        api.count_stock(offer=offer, on_hand=int(said), place=place, by=request.member.id, at=now())
    except NotFound:
        raise
    except Refusal as error:
        refusal = error
    if not is_htmx(request):
        if refusal is None:
            tell(request, _("Saved."))
            return redirect("catalogue:offer_stock", organisation=here.slug, offer=offer)
        return _offer(request, offer, refusal=refusal)
    row = desk.stock_rows(here.pk, Offer.objects.filter(pk=offer, organisation_id=here.pk), places_of(here.pk))[0]
    context = {"row": row, "may_edit": True, "here": here.slug, "refusal": refusal}
    return page(request, "catalogue/stock.html#row", context, status=refusal.status if refusal else 200)


@member("edit stock")
@require_POST
def movement(request: MemberRequest, offer: UUID) -> HttpResponse:
    """POST …/existencias/<offer>/movimiento/: something came or went."""
    form = MovementForm(request.POST, places=places_of(request.member.organisation.pk))
    if not form.is_valid():
        return _offer(request, offer, form)
    try:
        api.adjust_stock(offer=offer, by=request.member.id, at=now(), **form.movement())
    except NotFound:
        raise
    except Refusal as refusal:
        show_refusal(form, refusal)
        return _offer(request, offer, form)
    tell(request, _("Saved."))
    return redirect("catalogue:offer_stock", organisation=request.member.organisation.slug, offer=offer)


@member("see")
@require_safe
def movements(request: MemberRequest) -> HttpResponse:
    """GET …/existencias/movimientos/"""
    here = request.member.organisation
    rows, after = desk.movements_page(here.pk, as_id(request.GET.get("after", "")))
    return page(request, "catalogue/movements.html", {"rows": rows, "after": after, "here": here.slug})


def _place(request: MemberRequest) -> UUID | None:
    """One of the organisation's own places. Raises NotFound."""
    said = request.POST.get("place", "")
    known = {str(place.id or ""): place.id for place in places_of(request.member.organisation.pk)}
    if said not in known:
        raise NotFound
    return known[said]
