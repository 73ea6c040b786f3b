"""The market looks at guides of sellers before anybody sees them."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oportuno.kernel.clock import now
from oportuno.kernel.errors import NotFound, Refusal
from oportuno.kernel.ui.pages import page, tell
from oportuno.offer.guides.actions import publishing
from oportuno.offer.guides.forms import DecisionForm
from oportuno.offer.guides.models import VersionState
from oportuno.offer.guides.queries import desk
from oportuno.offer.guides.queries.vertical import Vertical
from oportuno.offer.guides.views.parts import TONES, outline, remark_words
from oportuno.people.organisations.api import MemberRequest, operator


@operator("see market")
@require_safe
def reviews(request: MemberRequest) -> HttpResponse:
    """GET /desk/<organisation>/guias/revision/: what waits, the oldest first."""
    waiting = desk.queue()
    makers = desk.makers(waiting)
    rows = [(one, makers[one.organisation_id]) for one in waiting]
    return page(request, "guides/reviews.html", {"here": request.member.organisation.slug, "rows": rows})


@operator("see market")
@require_safe
def review(request: MemberRequest, version: UUID) -> HttpResponse:
    """GET …/revision/<version>/"""
    return _review(request, version)


@operator("run market")
@require_POST
def decision(request: MemberRequest, version: UUID) -> HttpResponse:
    """POST …/revision/<version>/decision/"""
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _review(request, version, form, 422)
    try:
        publishing.decide_guide(
            version=version, verdict=form.cleaned_data["verdict"], reason=form.cleaned_data["reason"], by=request.member, at=now()
        )
    except NotFound:
        raise
    except Refusal as refusal:
        form.add_error("reason", str(refusal))
        return _review(request, version, form, refusal.status)
    tell(request, _("Decided. Who made it reads it in the workbench."))
    return redirect("guides:reviews", organisation=request.member.organisation.slug)


@operator("run market")
@require_POST
def withdrawal(request: MemberRequest, version: UUID) -> HttpResponse:
    """POST …/revision/<version>/retiro/: the market takes what it published from show, and says why."""
    case = desk.case_for_market(version)
    try:
        publishing.withdraw_for_market(guide=case.guide.pk, reason=request.POST.get("reason", ""), by=request.member, at=now())
    except NotFound:
        raise
    except Refusal as refusal:
        form = DecisionForm()
        form.errors["reason"] = form.error_class([str(refusal)])
        return _review(request, version, form, refusal.status)
    tell(request, _("Nobody sees it any more."))
    return redirect("guides:review", organisation=request.member.organisation.slug, version=version)


def _review(request: MemberRequest, version: UUID, form: DecisionForm | None = None, status: int = 200) -> HttpResponse:
    case = desk.case_for_market(version)
    context = {
        "here": request.member.organisation.slug,
        "case": case,
        "outline": outline(case.content, Vertical()),
        "remarks": [(remark_words(one), one) for one in case.remarks],
        "tones": TONES,
        "waits": case.version.state == VersionState.WAITING,
        "form": form or DecisionForm(),
        "may_decide": request.member.may("run market"),
    }
    return page(request, "guides/review.html", context, status=status)
