"""The list of a seller's products, and what can be done to many at once."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Refusal
from oportuno.kernel.ui.pages import page, tell
from oportuno.offer.catalogue import api
from oportuno.offer.catalogue.queries import desk
from oportuno.offer.catalogue.queries.places import is_on_show
from oportuno.people.organisations.api import MemberRequest, member


@member("see")
@require_safe
def products(request: MemberRequest) -> HttpResponse:
    """GET /desk/<organisation>/productos/"""
    return _list(request, request.GET)


def _list(request: MemberRequest, asked: QueryDict, refusal: Refusal | None = None) -> HttpResponse:
    here = request.member.organisation
    filters = filters_of(asked)
    found = desk.offers_page(here.pk, filters, as_id(asked.get("after", "")))
    context = {
        "found": found, "filters": filters, "counts": desk.counts(here.pk), "most": desk.COUNTED, "shelves": api.shelves(),
        "on_show": is_on_show(here.pk), "change": api.last_change(), "may_edit": request.member.may("edit catalogue"),
        "here": here.slug, "refusal": refusal, "formats": api.FORMATS, "narrowed": urlencode(filters.asked()),
    }  # fmt: skip
    return page(request, "catalogue/products.html", context, status=refusal.status if refusal else 200)


@member("edit catalogue")
@require_POST
def changes(request: MemberRequest) -> HttpResponse:
    """POST /desk/<organisation>/productos/cambios/: show, hide, or change the prices of those chosen, or of all that fit."""
    here = request.member.organisation
    try:
        chosen = _chosen(request)
        if request.POST.get("do") == "archive":
            done = api.archive(offers=chosen, by=request.member.id, at=now())
        elif request.POST.get("do") == "category":
            done = api.change_category(offers=chosen, category=request.POST.get("to", ""), by=request.member.id, at=now())
        elif request.POST.get("do") == "price":
            done = api.change_prices(offers=chosen, percent=_percent(request.POST.get("percent", "")), by=request.member.id, at=now())
        else:
            done = api.show_many(offers=chosen, active=request.POST.get("do") == "show", by=request.member.id, at=now())
    except Refusal as refusal:
        return _list(request, QueryDict(request.POST.get("filters", "")[:500]), refusal)
    tell(request, ngettext("%(count)d product changed.", "%(count)d products changed.", done.count) % {"count": done.count})
    return redirect(f"{reverse('catalogue:products', args=[here.slug])}?{request.POST.get('filters', '')[:500]}")


@member("edit catalogue")
@require_POST
def reversal(request: MemberRequest, change: UUID) -> HttpResponse:
    """POST /desk/<organisation>/productos/cambios/<id>/anulacion/"""
    count = api.undo(change=change, by=request.member.id, at=now())
    tell(
        request,
        ngettext("Undone: %(count)d product is as it was.", "Undone: %(count)d products are as they were.", count) % {"count": count},
    )
    return redirect("catalogue:products", organisation=request.member.organisation.slug)


def filters_of(asked: QueryDict) -> desk.Filters:
    """What an address narrows the list to."""
    return desk.Filters(asked.get("state", ""), asked.get("category", ""), asked.get("q", "")[:80])


def _chosen(request: MemberRequest) -> list[UUID]:
    """Those with a tick; with `all`, every one that fits the filters."""
    organisation = request.member.organisation.pk
    if request.POST.get("all"):
        asked = QueryDict(request.POST.get("filters", "")[:500])
        return list(desk.filtered(organisation, filters_of(asked)).order_by("-pk").values_list("pk", flat=True)[:5001])
    ids = [found for one in request.POST.getlist("selected") if (found := as_id(one))]
    return list(desk.everything(organisation).filter(pk__in=ids).values_list("pk", flat=True))


def _percent(said: str) -> Decimal:
    try:
        percent = Decimal(said.strip().rstrip("%").replace(",", "."))
    except InvalidOperation as error:
        raise Refusal(_("Write by how many percent: from −90 to 900."), field="percent") from error
    if not percent.is_finite():
        raise Refusal(_("Write by how many percent: from −90 to 900."), field="percent")
    return percent


def as_id(said: str) -> UUID | None:
    """An identity out of an address, or None for what is none."""
    try:
        return UUID(said)
    except ValueError:
        return None
