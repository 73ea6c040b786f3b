"""The vertical in the workbench: for sellers whom they write for, for the operator all that the pack decides."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from oportuno.doors.marketplace.queries import vertical as queries
from oportuno.doors.marketplace.queries.packs import current_pack
from oportuno.kernel.ui.pages import page
from oportuno.people.organisations.api import MemberRequest, member, operator


@member("see")
@require_safe
def buyers(request: MemberRequest) -> HttpResponse:
    """GET /desk/<organisation>/a-quien-ayudas/: the vertical's typical buyers, and what counts as well done."""
    pack, language = current_pack(), get_language() or "es"
    context = {
        "buyers": queries.personas(pack, "buyer", language) if pack else [],
        "goals": queries.goals(pack, "seller", language, request.member.organisation.currency) if pack else [],
    }
    return page(request, "marketplace/desk/buyers.html", context)


@operator("see market")
@require_safe
def vertical(request: MemberRequest) -> HttpResponse:
    """GET /desk/<organisation>/vertical/: rules, fees, goals, playbook and personas of the installed pack."""
    pack, language = current_pack(), get_language() or "es"
    found = queries.vertical(pack, language, request.member.organisation.currency) if pack else None
    return page(request, "marketplace/desk/vertical.html", {"vertical": found})
