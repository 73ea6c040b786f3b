"""Experts as anybody sees them."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oportuno.kernel.policies import public
from oportuno.kernel.routes import spoken
from oportuno.kernel.ui.public import Meta, absolute, show
from oportuno.offer.experts.queries.experts import ExpertWhole, experts_page, fields_counted, shown_expert, whole_expert
from oportuno.offer.experts.rules import schema_org
from oportuno.offer.experts.views.crumbs import knowledge_crumbs


@require_safe
@public
def experts(request: HttpRequest) -> HttpResponse:
    """GET /expertos/: by field."""
    counted = fields_counted()
    field = request.GET.get("campo", "")
    chosen = next((one for one, _count in counted if one.slug == field), None)
    words = request.GET.get("q", "").replace("\0", "")[:80].strip()
    found = experts_page(field=chosen.slug if chosen else "", words=words, after=request.GET.get("after", "").replace("\0", ""))
    more = {name: value for name, value in (("campo", chosen.slug if chosen else ""), ("q", words), ("after", found.after)) if value}
    meta = Meta(
        title=_("Experts in %(field)s") % {"field": chosen.title.lower()} if chosen else _("Experts"),
        description=_("Who knows what, and why one may believe it: each reason with its source."),
        crumbs=[
            *knowledge_crumbs(),
            (_("Experts"), reverse("experts:experts") if chosen else ""),
            *([(chosen.title, "")] if chosen else []),
        ],
        indexed=not request.GET,
    )
    context = {"found": found, "fields": counted, "chosen": chosen, "words": words, "next": f"?{urlencode(more)}" if found.after else ""}
    return show(request, "experts/experts.html", meta, context)


@require_safe
@public
def expert(request: HttpRequest, seller: str, expert: str) -> HttpResponse:
    """GET /expertos/<seller>/<expert>/: who she is, what she knows, and why one may believe it."""
    found = whole_expert(shown_expert(seller, expert))
    return show(request, "experts/expert.html", _meta(found), {"whole": found, "card": found.card, "seller": found.seller})


def _meta(found: ExpertWhole) -> Meta:
    row, card = found.expert, found.card
    picture = absolute(row.picture.url(640)) if row.picture else ""
    data = schema_org.profile(
        url=absolute(reverse("experts:expert", args=[card.seller_slug, card.slug])),
        name=card.name,
        role=card.role,
        description=card.bio,
        image=picture,
        company=card.seller,
        company_url=absolute(spoken(card.seller_path)),
        same=[one["address"] for one in row.links],
        knows=[one.title for one in card.fields],
    )
    return Meta(
        title=", ".join(one for one in (card.name, card.role) if one),
        description=card.bio,
        image=row.picture.url(640) if row.picture else "",
        kind="profile",
        crumbs=[*knowledge_crumbs(), (_("Experts"), reverse("experts:experts")), (card.name, "")],
        data=[data],
    )
