"""Sellers and points of sale in the editor of documents."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from oportuno.offer.directory.queries.shown import points_to_pick, sellers_to_pick, shown_points, shown_sellers
from oportuno.people.organisations.api import MemberRequest, member


@member("write content")
@require_safe
def sellers(request: MemberRequest) -> HttpResponse:
    """GET /desk/<organisation>/eleccion/vendedores/?q=&ids="""
    found = sellers_to_pick(request.member.organisation, request.GET.get("q", "")[:80].strip())
    told = [{"id": str(one.pk), "title": one.trade_name, "src": one.emblem.url(320) if one.emblem else ""} for one in found]
    chosen = shown_sellers(_asked(request), request.LANGUAGE_CODE)
    return JsonResponse({"results": told, "chosen": [{"id": pk, "title": one.title, "src": one.src} for pk, one in chosen.items()]})


@member("write content")
@require_safe
def points(request: MemberRequest) -> HttpResponse:
    """GET /desk/<organisation>/eleccion/puntos/?q=&ids="""
    found = points_to_pick(request.member.organisation, request.GET.get("q", "")[:80].strip())
    chosen = shown_points(_asked(request), request.LANGUAGE_CODE)
    return JsonResponse(
        {
            "results": [{"id": str(one.pk), "title": f"{one.name} · {one.address}" if one.address else one.name} for one in found],
            "chosen": [{"id": pk, "title": one.name} for pk, one in chosen.items()],
        }
    )


def _asked(request: MemberRequest) -> list[str]:
    return request.GET.get("ids", "")[:4000].split(",")
