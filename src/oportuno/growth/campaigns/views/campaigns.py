"""All campaigns, a new one, and one of them: written while it is a draft, told once it goes out."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oportuno.growth.campaigns.actions import writing
from oportuno.growth.campaigns.forms import BeginForm
from oportuno.growth.campaigns.models import Channel, State
from oportuno.growth.campaigns.queries.campaigns import campaign_for, campaigns
from oportuno.growth.campaigns.queries.figures import figures_of
from oportuno.growth.campaigns.queries.templates import templates
from oportuno.growth.campaigns.views.parts import asked_place, place_of, to_campaign
from oportuno.growth.campaigns.views.reporting import report
from oportuno.growth.campaigns.views.writing import write
from oportuno.kernel.clock import now
from oportuno.kernel.errors import Refusal
from oportuno.kernel.ui.pages import page, show_refusal, tell
from oportuno.people.organisations.api import MemberRequest, member

BOTH = ["GET", "HEAD", "POST"]


@require_safe
@member("see campaigns")
def listed(request: MemberRequest) -> HttpResponse:
    """GET …/campanas/: the newest first, those that went out with their figures."""
    state, words = request.GET.get("state", ""), request.GET.get("q", "")[:80].strip()
    found = campaigns(state=state, words=words, after=asked_place(request))
    rows = [(one, None if one.state in (State.DRAFT, State.SCHEDULED) else figures_of(one)) for one in found.campaigns]
    context = {
        "here": request.member.organisation.slug,
        "rows": rows,
        "next": place_of(found.next),
        "state": state,
        "q": words,
        "states": State.choices,
        "may_write": request.member.may("write campaigns"),
    }
    return page(request, "campaigns/campaigns.html#rows", context)


@require_http_methods(BOTH)
@member("write campaigns")
def new(request: MemberRequest) -> HttpResponse:
    """GET and POST …/campanas/nueva/"""
    language = get_language() or "es-co"
    offered = templates(language)
    form = BeginForm(
        request.POST or None,
        templates=[(one.slug, f"{one.title}: {one.hint}") for one in sorted(offered, key=lambda one: one.channel == Channel.SMS)],
        initial={"language": language if not language.startswith("en") else "en", "purpose": "bulletin"},
    )
    if form.is_valid():
        try:
            made = writing.begin_campaign(**form.cleaned_data, by=request.member, at=now())
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            return to_campaign(request, made.pk)
    context = {"here": request.member.organisation.slug, "form": form}
    return page(request, "campaigns/new.html", context, status=422 if form.errors else 200)


@require_http_methods(BOTH)
@member("see campaigns")
def campaign(request: MemberRequest, campaign: UUID) -> HttpResponse:
    """GET and POST …/campanas/<id>/: the sheet one writes on, or the report."""
    found = campaign_for(campaign)
    if found.state == State.DRAFT and request.member.may("write campaigns"):
        return write(request, found)
    return report(request, found)


@require_POST
@member("write campaigns")
def copy(request: MemberRequest, campaign: UUID) -> HttpResponse:
    """POST …/copia/"""
    made = writing.copy_campaign(campaign=campaign, by=request.member, at=now())
    tell(request, _("Copied: this is a draft of your own."))
    return to_campaign(request, made.pk)


@require_POST
@member("write campaigns")
def removal(request: MemberRequest, campaign: UUID) -> HttpResponse:
    """POST …/eliminacion/: only a draft."""
    writing.remove_draft(campaign=campaign, by=request.member, at=now())
    tell(request, _("The draft is gone."))
    return redirect("campaigns:campaigns", request.member.organisation.slug)
