"""The sheet one writes on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oportuno.growth.campaigns.actions import writing
from oportuno.growth.campaigns.forms import WritingForm
from oportuno.growth.campaigns.models import Campaign, Channel, Version
from oportuno.growth.campaigns.queries.audiences import size_of
from oportuno.growth.campaigns.queries.blocks import choices_of_readers
from oportuno.growth.campaigns.queries.campaigns import version_for, versions_of
from oportuno.growth.campaigns.queries.fields import fields
from oportuno.growth.campaigns.views.parts import asked_version, pressed, to_campaign
from oportuno.kernel.clock import now
from oportuno.kernel.content import Editing, Picker, drawn, kept_while_typing, read
from oportuno.kernel.errors import NotFound, Refusal
from oportuno.kernel.ui.pages import page, show_refusal, tell, warn
from oportuno.offer.sites.api import pieces
from oportuno.people.messaging import api as messaging
from oportuno.people.organisations.api import MemberRequest, member

WAYS = {"preview": "campaigns:preview", "send": "campaigns:sending"}


def write(request: MemberRequest, campaign: Campaign) -> HttpResponse:
    """Show it, or keep what came and go where the pressed button leads."""
    version = version_for(campaign, asked_version(request))
    form = WritingForm(
        request.POST if request.method == "POST" else None, campaign=campaign, version=version, editing=_editing(request, campaign, version)
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _keep(request, campaign, version, form)
            except Refusal as refusal:
                status = show_refusal(form, refusal)
            else:
                return _go_on(request, campaign, version)
    return page(request, "campaigns/write.html", _context(request, campaign, version, form), status=status)


@require_http_methods(["PUT"])
@member("write campaigns")
def draft(request: MemberRequest, campaign: UUID) -> HttpResponse:
    """PUT …/borrador/?seen=<number>&version=<key>: what one types, kept while one types. JSON in and out."""

    def keep(given: Mapping[str, Any]) -> tuple[datetime, int]:
        at = now()
        words = {name: str(given[name]) for name in ("subject", "preheader") if isinstance(given.get(name), str)}
        kept = writing.write_version(
            campaign=campaign, key=asked_version(request), content=read(given["content"]), seen=_number(request.GET.get("seen")), by=request.member,
            at=at, **words,
        )  # fmt: skip
        return at, kept.revision

    return kept_while_typing(request, keep)


@require_POST
@member("write campaigns")
def drawing(request: MemberRequest) -> HttpResponse:
    """POST …/dibujo/: how cards of the editor look."""
    try:
        return JsonResponse(drawn(json.loads(request.body), language=request.LANGUAGE_CODE))
    except ValueError:
        return JsonResponse({"detail": _("This is not a document of blocks.")}, status=422)
    except Refusal as refusal:
        return JsonResponse({"detail": str(refusal)}, status=refusal.status)


@require_safe
@member("write campaigns")
def readers(request: MemberRequest) -> HttpResponse:
    """GET …/lectores/?q=&ids=: for whom a part of a bulletin may be."""
    offered, words = choices_of_readers(), request.GET.get("q", "")[:80].strip().lower()
    chosen = set(request.GET.get("ids", "")[:4000].split(","))
    return JsonResponse(
        {
            "results": [one for one in offered if words in one["title"].lower()],
            "chosen": [one for one in offered if one["id"] in chosen],
        }
    )


@require_POST
@member("write campaigns")
def versions(request: MemberRequest, campaign: UUID) -> HttpResponse:
    """POST …/versiones/: one more to try."""
    try:
        made = writing.add_version(campaign=campaign, by=request.member, at=now())
    except NotFound:
        raise
    except Refusal as refusal:
        warn(request, str(refusal))
        return to_campaign(request, campaign)
    tell(request, _("Version %(key)s is there, as the first one is. Change in it what you want to try.") % {"key": made.key.upper()})
    return redirect(f"{reverse('campaigns:campaign', args=[request.member.organisation.slug, campaign])}?version={made.key}")


@require_POST
@member("write campaigns")
def version_removal(request: MemberRequest, campaign: UUID) -> HttpResponse:
    """POST …/versiones/retiro/: the one whose key is `version`."""
    return pressed(
        request,
        campaign,
        lambda: writing.remove_version(campaign=campaign, key=asked_version(request), by=request.member, at=now()),
        _("The version is gone."),
    )


@require_POST
@member("write campaigns")
def parts_of_text(request: MemberRequest) -> HttpResponse:
    """POST …/partes/: what a text message costs, counted while one types."""
    text = request.POST.get("text", "")[:1600]
    return page(request, "campaigns/parts/count.html", {"count": messaging.preview_sms(text) if text else None})


def _keep(request: MemberRequest, campaign: Campaign, version: Version, form: WritingForm) -> None:
    said, at = form.cleaned_data, now()
    words = {name: said.get(name) for name in ("subject", "preheader", "sender", "content", "text")}
    writing.write_version(campaign=campaign.pk, key=version.key, seen=_number(request.POST.get("seen")), by=request.member, at=at, **words)
    audience = {name: said[name] for name in ("segments", "minus")} if "segments" in said else None
    writing.change_campaign(
        campaign=campaign.pk, name=said["name"], purpose=said["purpose"], language=said["language"], reply_to=said.get("reply_to"),
        audience_of=audience, by=request.member, at=at,
    )  # fmt: skip


def _go_on(request: MemberRequest, campaign: Campaign, version: Version) -> HttpResponse:
    way = WAYS.get(request.POST.get("do", ""))
    slug = request.member.organisation.slug
    if way:
        return redirect(f"{reverse(way, args=[slug, campaign.pk])}?version={version.key}")
    tell(request, _("Saved."))
    if version.key == "a":
        return to_campaign(request, campaign.pk)
    return redirect(f"{reverse('campaigns:campaign', args=[slug, campaign.pk])}?version={version.key}")


def _editing(request: MemberRequest, campaign: Campaign, version: Version) -> Editing | None:
    if campaign.channel == Channel.SMS:
        return None
    slug = request.member.organisation.slug
    return Editing(
        draw=reverse("campaigns:drawing", args=[slug]),
        pickers={**pieces.pickers(slug), "reader": Picker(reverse("campaigns:readers", args=[slug]), "", "", "users")},
        keep=f"{reverse('campaigns:draft', args=[slug, campaign.pk])}?seen={campaign.revision}&version={version.key}",
    )


def _context(request: MemberRequest, campaign: Campaign, version: Version, form: WritingForm) -> dict[str, Any]:
    text = form["text"].value() if campaign.channel == Channel.SMS else ""
    return {
        "here": request.member.organisation.slug,
        "campaign": campaign,
        "version": version,
        "versions": versions_of(campaign),
        "form": form,
        "fields": fields(),
        "size": size_of(campaign),
        "count": messaging.preview_sms(text) if text else None,
        "may_send": request.member.may("send campaigns"),
    }


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else None
