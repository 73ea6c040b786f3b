"""Channels in the workbench: follow, change, follow no more."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Refusal
from oportuno.kernel.ui.pages import page, show_refusal, tell
from oportuno.offer.media.actions import channels as deeds
from oportuno.offer.media.forms import ChannelForm
from oportuno.offer.media.queries import channels as queries
from oportuno.offer.media.views.parts import media_tabs
from oportuno.people.organisations.api import MemberRequest, member


@member("see")
@require_http_methods(["GET", "HEAD"])
def channels(request: MemberRequest) -> HttpResponse:
    """GET /desk/<organisation>/medios/canales/: what is followed; while a channel is new, htmx asks again."""
    return _list(request, ChannelForm())


def _list(request: MemberRequest, form: ChannelForm) -> HttpResponse:
    here = request.member.organisation.slug
    found = queries.channels()
    context = {
        "channels": found, "waiting": any(one.checked_at is None and not one.trouble for one in found), "form": form, "here": here,
        "may_edit": request.member.may("edit content"), "tabs": media_tabs(here, "channels"), "moment": now(),
    }  # fmt: skip
    return page(request, "media/channels.html#rows", context, status=422 if form.errors else 200)


@member("edit content")
@require_POST
def following(request: MemberRequest) -> HttpResponse:
    """POST …/medios/canales/nuevos/: follow one more."""
    form = ChannelForm(request.POST)
    if form.is_valid():
        try:
            deeds.add_channel(said=form.cleaned_data["said"], purpose=form.purpose(), by=request.member.id, at=now())
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            tell(request, _("We are looking at what is there."))
            return redirect("library:channels", organisation=request.member.organisation.slug)
    return _list(request, form)


@member("edit content")
@require_http_methods(["GET", "HEAD", "POST"])
def channel(request: MemberRequest, channel: UUID) -> HttpResponse:
    """GET, POST …/medios/canales/<id>/: what a channel is to us."""
    found = queries.channel_for(channel)
    form = ChannelForm(request.POST if request.method == "POST" else None, channel=found)
    here = request.member.organisation.slug
    if request.method == "POST" and form.is_valid():
        deeds.change_channel(channel=found, title=form.cleaned_data["title"], purpose=form.purpose(), by=request.member.id, at=now())
        tell(request, _("Saved."))
        return redirect("library:channels", organisation=here)
    return page(
        request, "media/channel.html", {"channel": found, "form": form, "here": here, "moment": now()}, status=422 if form.errors else 200
    )


@member("edit content")
@require_POST
def removal(request: MemberRequest, channel: UUID) -> HttpResponse:
    """POST …/medios/canales/<id>/retiro/"""
    deeds.remove_channel(channel=queries.channel_for(channel), by=request.member.id, at=now())
    tell(request, _("You follow it no more. What you rated or share stays."))
    return redirect("library:channels", organisation=request.member.organisation.slug)
