"""What the pages of campaigns share."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect

from oportuno.kernel.errors import NotFound, Refusal
from oportuno.kernel.ui.pages import tell, warn
from oportuno.people.organisations.api import MemberRequest

IN_A_FRAME = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data: {media}; frame-ancestors 'self'; sandbox"
"""What the HTML of a mail may do where it is looked at: show its own styles and our pictures, and nothing else."""


def in_a_frame(html: str) -> HttpResponse:
    """A mail to be looked at in a frame of one of our pages."""
    answer = HttpResponse(html, content_type="text/html; charset=utf-8")
    answer["Content-Security-Policy"] = IN_A_FRAME.replace("{media}", settings.MEDIA_URL.split("/media/")[0]).replace("  ", " ")
    answer["X-Frame-Options"] = "SAMEORIGIN"
    return answer


def to_campaign(request: MemberRequest, campaign: UUID) -> HttpResponseRedirect:
    return redirect("campaigns:campaign", request.member.organisation.slug, campaign)


def pressed(request: MemberRequest, campaign: UUID, act: Callable[[], object], said: str) -> HttpResponse:
    """One press of a button; what was refused is said on the same page."""
    try:
        act()
    except NotFound:
        raise
    except Refusal as refusal:
        warn(request, str(refusal))
    else:
        tell(request, said)
    return to_campaign(request, campaign)


def asked_place(request: MemberRequest) -> tuple[datetime, UUID] | None:
    """Where a page of a list begins: "moment~id"."""
    moment, _tilde, identity = request.GET.get("after", "")[:100].partition("~")
    with suppress(ValueError):
        found = datetime.fromisoformat(moment.replace(" ", "+")), UUID(identity)
        return found if found[0].tzinfo else None
    return None


def asked_contact(request: MemberRequest) -> UUID | None:
    """The contact in whose eyes it is seen, for those who may see contacts."""
    if not request.member.may("see contacts"):
        return None
    with suppress(ValueError):
        return UUID((request.GET.get("contact") or request.POST.get("contact", ""))[:36])
    return None


def asked_version(request: MemberRequest) -> str:
    found = request.GET.get("version") or request.POST.get("version", "")
    return found if found in ("a", "b", "c", "d") else "a"


def place_of(campaign: tuple[datetime, UUID] | None) -> str:
    return f"{campaign[0].isoformat()}~{campaign[1]}" if campaign else ""
