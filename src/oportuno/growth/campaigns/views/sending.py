"""Letting it go out, and stopping it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from oportuno.growth.campaigns.actions import controlling, scheduling
from oportuno.growth.campaigns.actions.linking import ask_links
from oportuno.growth.campaigns.forms import SendingForm
from oportuno.growth.campaigns.models import Campaign, Channel, State
from oportuno.growth.campaigns.queries.audiences import size_of, sum_of
from oportuno.growth.campaigns.queries.campaigns import campaign_for, versions_of
from oportuno.growth.campaigns.queries.checks import checked
from oportuno.growth.campaigns.queries.costs import cost_of
from oportuno.growth.campaigns.queries.telling import when_allowed
from oportuno.growth.campaigns.views.parts import pressed, to_campaign
from oportuno.kernel.clock import now
from oportuno.kernel.errors import Refusal
from oportuno.kernel.ui.pages import page, show_refusal, tell
from oportuno.people.organisations.api import MemberRequest, member


@require_http_methods(["GET", "HEAD", "POST"])
@member("send campaigns")
def sending(request: MemberRequest, campaign: UUID) -> HttpResponse:
    """GET and POST …/envio/: to how many, what it costs, what must be mended; when."""
    found = campaign_for(campaign)
    if found.state != State.DRAFT:
        return to_campaign(request, found.pk)
    versions = versions_of(found)
    form = SendingForm(
        request.POST or None, zone=request.member.organisation.time_zone, several=len(versions) > 1, tracked=found.channel == Channel.EMAIL
    )
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            done = scheduling.schedule(campaign=found.pk, by=request.member, at=now(), **form.said)
        except Refusal as refusal:
            status = show_refusal(form, refusal)
            found = campaign_for(campaign)
        else:
            tell(request, _begun(done))
            return to_campaign(request, found.pk)
    if request.method != "POST" and found.links_at is None:
        ask_links(found)
    return page(request, "campaigns/sending.html", _context(request, found, form), status=status)


@require_POST
@member("send campaigns")
def taking_back(request: MemberRequest, campaign: UUID) -> HttpResponse:
    """POST …/programacion/retiro/: a draft again."""
    return pressed(
        request,
        campaign,
        lambda: scheduling.unschedule(campaign=campaign, by=request.member, at=now()),
        _("It is a draft again: nothing was sent."),
    )


@require_POST
@member("send campaigns")
def pausing(request: MemberRequest, campaign: UUID) -> HttpResponse:
    """POST …/pausa/"""
    return pressed(
        request,
        campaign,
        lambda: controlling.pause(campaign=campaign, by=request.member, at=now()),
        _("Paused. Nothing goes out until you let it go on."),
    )


@require_POST
@member("send campaigns")
def going_on(request: MemberRequest, campaign: UUID) -> HttpResponse:
    """POST …/continuacion/"""
    return pressed(request, campaign, lambda: controlling.go_on(campaign=campaign, by=request.member, at=now()), _("It goes on."))


@require_POST
@member("send campaigns")
def calling_off(request: MemberRequest, campaign: UUID) -> HttpResponse:
    """POST …/cancelacion/"""
    return pressed(
        request,
        campaign,
        lambda: controlling.call_off(campaign=campaign, by=request.member, at=now()),
        _("Called off. Who waited gets nothing."),
    )


def _context(request: MemberRequest, campaign: Campaign, form: SendingForm) -> dict[str, object]:
    remarks = checked(campaign)
    return {
        "here": request.member.organisation.slug,
        "campaign": campaign,
        "versions": versions_of(campaign),
        "form": form,
        "size": size_of(campaign),
        "sum": sum_of(campaign),
        "found": remarks,
        "blocked": any(one.blocks for one in remarks),
        "law": when_allowed(campaign, now()),
        "cost": cost_of(campaign),
        "zone": request.member.organisation.time_zone,
    }


def _begun(campaign: Campaign) -> str:
    if campaign.when:
        return _("It is scheduled: it goes out by itself at its hour.")
    return _("It is on its way. This page counts along.")
