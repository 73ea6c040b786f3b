"""Products in the editor of documents."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from oportuno.offer.catalogue.queries.cards import ProductCard, products_by_id
from oportuno.offer.catalogue.queries.shown import products_to_pick
from oportuno.offer.catalogue.views.products import as_id
from oportuno.people.organisations.api import MemberRequest, member


@member("write content")
@require_safe
def choices(request: MemberRequest) -> HttpResponse:
    """GET /desk/<organisation>/productos/eleccion/?q=&ids="""
    found = products_to_pick(request.member.organisation, request.GET.get("q", "")[:80].strip())
    ids: list[UUID] = [one for one in map(as_id, request.GET.get("ids", "")[:4000].split(",")) if one]
    return JsonResponse({"results": [_told(one) for one in found], "chosen": [_told(one) for one in products_by_id(ids)]})


def _told(one: ProductCard) -> dict[str, str]:
    return {"id": str(one.id), "title": one.title, "src": one.picture.address if one.picture else ""}
