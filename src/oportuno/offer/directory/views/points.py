"""Points of sale of a seller."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Refusal
from oportuno.kernel.ui.cards import Place
from oportuno.kernel.ui.pages import page, show_refusal, tell
from oportuno.offer.directory import api
from oportuno.offer.directory.forms.points import PointForm
from oportuno.offer.directory.queries.places import on_map
from oportuno.people.organisations.api import MemberRequest, member


@member("see")
@require_safe
def points(request: MemberRequest) -> HttpResponse:
    """GET /desk/<organisation>/puntos/"""
    seller = api.seller_of(request.member.organisation.pk)
    if seller is None:
        return redirect("directory:application", organisation=request.member.organisation.slug)
    shown = [(one, api.point_card(one, now())) for one in api.points_of(seller)]
    places = [
        Place(one.name, card.latitude, card.longitude, lines=[card.address or card.city], route=card.directions["openstreetmap"])
        for one, card in shown
        if card.latitude is not None and card.longitude is not None
    ]
    context = {"seller": seller, "points": shown, "places": places, "may_edit": request.member.may("edit profile")}
    return page(request, "directory/points.html", context)


@member("edit profile")
@require_http_methods(["GET", "HEAD", "POST"])
def new_point(request: MemberRequest) -> HttpResponse:
    """/desk/<organisation>/puntos/nuevo/"""
    return _edit(request, None)


@member("edit profile")
@require_http_methods(["GET", "HEAD", "POST"])
def point(request: MemberRequest, point: UUID) -> HttpResponse:
    """/desk/<organisation>/puntos/<id>/"""
    return _edit(request, api.point_for(request.member.organisation.pk, point))


@member("edit profile")
@require_POST
def closure(request: MemberRequest, point: UUID) -> HttpResponse:
    """POST /desk/<organisation>/puntos/<id>/cierre/"""
    closed = api.close_point(point=point, by=request.member, at=now())
    tell(request, _("“%(name)s” is closed; nobody finds it any more.") % {"name": closed.name})
    return redirect("directory:points", organisation=request.member.organisation.slug)


def _edit(request: MemberRequest, point: api.PointOfSale | None) -> HttpResponse:
    here = request.member.organisation
    seller = api.seller_of(here.pk)
    if seller is None:
        return redirect("directory:application", organisation=here.slug)
    form = PointForm(request.POST or None, seller=seller, zone=here.time_zone, point=point)
    if request.method == "POST" and form.is_valid():
        try:
            if point:
                api.change_point(point=point.pk, said=form.said, by=request.member, at=now())
            else:
                api.open_point(said=form.said, by=request.member, at=now())
            tell(request, _("Saved."))
            return redirect("directory:points", organisation=here.slug)
        except Refusal as refusal:
            show_refusal(form, refusal)
    card = api.point_card(point, now()) if point else None
    context = {"seller": seller, "point": point, "card": card, "towns": on_map(seller.country), "form": form}
    return page(request, "directory/point.html", context, status=422 if form.errors else 200)
