"""The plan of the first 90 days, and the milestones that were promised."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oportuno.kernel.clock import now
from oportuno.kernel.ui.pages import page, tell
from oportuno.offer.directory import api
from oportuno.offer.directory.queries.plans import commitment_of
from oportuno.offer.directory.rules import dates
from oportuno.people.organisations.api import MemberRequest, member


@member("see")
@require_safe
def plan(request: MemberRequest) -> HttpResponse:
    """GET /desk/<organisation>/plan/"""
    here = request.member.organisation
    seller = api.seller_of(here.pk)
    if seller is None:
        return redirect("directory:application", organisation=here.slug)
    found, today = api.plan_of(here.pk), dates.day_in(here.time_zone, now())
    context = {
        "seller": seller,
        "plan": found,
        "stages": [
            (title, [(one, api.place_of(one, here.slug)) for one in steps], sum(1 for one in steps if one.done_at))
            for title, steps in found.stages
        ],
        "go": api.place_of(found.next, here.slug) if found.next else "",
        "today": today,
        "late": len(found.late(today)),
        "milestones": api.milestones_of(seller),
        "commitment": commitment_of(seller),
        "playbook_title": api.method().playbook.title.in_(get_language() or "es"),
        "progress_words": _("%(done)s of %(all)s steps") % {"done": found.done, "all": len(found.steps)},
        "may_edit": request.member.may("edit profile"),
    }
    return page(request, "directory/plan.html", context)


@member("edit profile")
@require_POST
def step(request: MemberRequest, step: UUID) -> HttpResponse:
    """POST /desk/<organisation>/plan/<id>/: `done` 1 or 0."""
    if request.POST.get("done") == "0":
        api.reopen_step(step=step, by=request.member, at=now())
    else:
        api.do_step(step=step, by=request.member, at=now())
        tell(request, _("Well done. The next step is waiting for you."))
    return redirect("directory:plan", organisation=request.member.organisation.slug)


@member("edit profile")
@require_POST
def milestone(request: MemberRequest, milestone: UUID) -> HttpResponse:
    """POST /desk/<organisation>/plan/hitos/<id>/"""
    api.keep_milestone(milestone=milestone, by=request.member, at=now())
    tell(request, _("Milestone kept."))
    return redirect("directory:plan", organisation=request.member.organisation.slug)
