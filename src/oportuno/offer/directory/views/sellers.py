"""The market's overview of its sellers, and where each stands."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Conflict, Forbidden, NotFound, Refusal
from oportuno.kernel.isolation import for_market
from oportuno.kernel.ui.pages import page, tell
from oportuno.offer.directory import api
from oportuno.offer.directory.forms.vetting import StandingForm
from oportuno.offer.directory.models import Application
from oportuno.offer.directory.queries.queue import WHY, seller_for_market
from oportuno.offer.directory.queries.vetting import certifications_of, standing_changes
from oportuno.people.organisations.api import MemberRequest, operator

ACTIONS = {"suspend": api.suspend_seller, "reinstate": api.reinstate_seller, "revoke": api.revoke_seller}
MAY_BE = {"approved": ("suspend", "revoke"), "expired": ("suspend", "revoke"), "suspended": ("reinstate", "revoke")}


@operator("see market")
@require_safe
def sellers(request: MemberRequest) -> HttpResponse:
    """GET /desk/<organisation>/vendedores/?standing=&q=&expiring=&after="""
    standing = request.GET.get("standing", "")
    standing = standing if standing in api.Standing.values else ""
    expiring = request.GET.get("expiring") == "1"
    found = api.overview(standing=standing, text=request.GET.get("q", ""), expiring=expiring, after=request.GET.get("after", ""), at=now())
    counts = api.standing_counts()
    context = {
        "overview": found,
        "standing": standing,
        "expiring": expiring,
        "standings": [(value, label, counts.get(value, 0)) for value, label in api.Standing.choices],
        "total": sum(counts.values()),
    }
    return page(request, "directory/sellers.html", context)


@operator("see market")
@require_safe
def seller(request: MemberRequest, seller: UUID) -> HttpResponse:
    """GET /desk/<organisation>/vendedores/<id>/"""
    return _page(request, seller)


@operator("run market")
@require_POST
def standing(request: MemberRequest, seller: UUID) -> HttpResponse:
    """POST /desk/<organisation>/vendedores/<id>/estado/: suspend, reinstate or revoke, with a reason."""
    form = StandingForm(request.POST, auto_id=f"{request.POST.get('wanted', '')}_%s")
    if not form.is_valid():
        return _page(request, seller, form, 422)
    try:
        ACTIONS[form.cleaned_data["wanted"]](seller=seller, reason=form.cleaned_data["reason"], by=request.member, at=now())
    except (NotFound, Forbidden, Conflict):
        raise
    except Refusal as refusal:
        form.add_error("reason", str(refusal))
        return _page(request, seller, form, refusal.status)
    tell(request, _("Done. What the public sees changed at once."))
    return redirect("directory:seller", organisation=request.member.organisation.slug, seller=seller)


def _page(request: MemberRequest, seller: UUID, wrong: Any = None, status: int = 200) -> HttpResponse:
    found = seller_for_market(seller)
    with for_market(WHY):
        certifications = certifications_of(found)
        changes = standing_changes(found)
        applications = list(Application.objects.filter(seller=found, submitted_at__isnull=False).order_by("-submitted_at"))
        plan, milestones = api.plan_of(found.organisation_id), api.milestones_of(found)
    wanted = wrong.data.get("wanted") if wrong else ""
    forms = []
    if request.member.may("run market"):
        for one in MAY_BE.get(found.standing, ()):
            blank = StandingForm(initial={"wanted": one}, auto_id=f"{one}_%s")
            forms.append((one, wrong if one == wanted else blank, one == wanted))
    context = {
        "seller": found,
        "certifications": certifications,
        "changes": changes,
        "applications": applications,
        "plan": plan,
        "plan_words": _("%(done)s of %(all)s steps") % {"done": plan.done, "all": len(plan.steps)},
        "milestones": milestones,
        "forms": forms,
    }
    return page(request, "directory/seller.html", context, status=status)
