"""What the editor of documents offers of the site itself."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oportuno.offer.sites import api
from oportuno.offer.sites.models import Term
from oportuno.offer.sites.queries.desk import as_id
from oportuno.people.organisations.api import MemberRequest, member

MOST = 60


@member("write content")
@require_safe
def posts(request: MemberRequest) -> HttpResponse:
    """GET /desk/<organisation>/sitio/eleccion/entradas/?q=&ids=: the whole blog, or one of its categories."""
    own, words = request.member.organisation.pk, request.GET.get("q", "")[:80].strip().lower()
    site = api.site_of(own)
    whole = [{"id": str(site.pk), "title": site.blog_title or _("The whole blog")}] if site else []
    terms = Term.objects.filter(organisation_id=own, kind="category").order_by("name")[:MOST]
    offered = [*whole, *({"id": str(one.pk), "title": one.name} for one in terms)]
    chosen = {str(one) for one in map(as_id, request.GET.get("ids", "")[:4000].split(",")) if one}
    return JsonResponse(
        {
            "results": [one for one in offered if words in one["title"].lower()],
            "chosen": [one for one in offered if one["id"] in chosen],
        }
    )
