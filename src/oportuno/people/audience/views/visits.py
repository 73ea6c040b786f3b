"""The notice about being recognised, and the beacon of page views."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Forbidden, NotFound
from oportuno.kernel.policies import open_to_all
from oportuno.kernel.ui.pages import is_from_own_page, page, safe_next
from oportuno.people.audience.actions.beacons import BUFFER
from oportuno.people.audience.actions.visiting import accept_notice, refuse_notice
from oportuno.people.audience.facts import PageViewed
from oportuno.people.audience.views.requests import ACCEPTED, CHOICE, COOKIE, REFUSED, language_of, visitor_of
from oportuno.people.organisations.api import Organisation, market_operator

LARGEST = 2048  # bytes of a beacon
KEPT = 60 * 60 * 24 * 180  # seconds; then the visitor is asked again
BOTS = re.compile(r"bot|crawl|spider|slurp|preview|headless|monitor|curl|wget|python-|httpx|scan|lighthouse|^$", re.IGNORECASE)
SELLER_PAGE = re.compile(r"^/(?:[a-z]{2}(?:-[a-z]{2})?/)?v/([a-z0-9-]{2,60})(?:/|$)")
LONGEST_PATH = 120
KIND = re.compile(r"[a-z]{1,20}")


@csrf_exempt  # its form stands on pages that are kept for everybody; the Origin is looked at instead
@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all("a visitor says whether he may be recognised; both answers weigh the same")
def choice(request: HttpRequest) -> HttpResponse:
    """GET is the page behind the footer's link, to choose again."""
    if request.method != "POST":
        return page(request, "audience/visits.html", {"chosen": request.COOKIES.get(CHOICE, "")})
    if not is_from_own_page(request):
        raise Forbidden(_("This choice can be made on our own pages only."))
    answer: HttpResponse = redirect(safe_next(request, reverse("audience:visits")))
    same = {"max_age": KEPT, "samesite": "Lax", "secure": request.is_secure()}
    if request.POST.get("choice") == ACCEPTED:
        visitor = visitor_of(request) or accept_notice(language=language_of(request), at=now()).pk
        answer.set_cookie(COOKIE, str(visitor), httponly=True, **same)  # type: ignore[arg-type]
        answer.set_cookie(CHOICE, ACCEPTED, **same)  # type: ignore[arg-type]
    else:
        refuse_notice(visitor=visitor_of(request), at=now())
        answer.set_cookie(CHOICE, REFUSED, **same)  # type: ignore[arg-type]
        answer.delete_cookie(COOKIE)
    return answer


@csrf_exempt
@require_POST
@open_to_all("counts a page view of a visitor who agreed; from our own pages only, small, without personal data")
def beacon(request: HttpRequest) -> HttpResponse:
    """Always 204, whatever came: the page does not wait, and nobody learns anything."""
    visitor = visitor_of(request)
    if visitor is None or not is_from_own_page(request) or BOTS.search(request.headers.get("User-Agent", "")):
        return HttpResponse(status=204)
    view = _view(request, visitor)
    if view:
        owner = _owner(view.path, int(now().timestamp()) // 60)
        if owner is not None:
            BUFFER.put((owner, view))
    return HttpResponse(status=204)


def _view(request: HttpRequest, visitor: UUID) -> PageViewed | None:
    try:
        if int(request.headers.get("Content-Length", "0")) > LARGEST:
            return None
        said: Any = json.loads(request.body)
        path = urlsplit(str(said["path"])).path[:LONGEST_PATH]
        kind = said.get("kind") or None
        return PageViewed(
            path=path,
            page=UUID(said["page"]) if said.get("page") else None,
            page_kind=kind if kind and KIND.fullmatch(kind) else None,
            referrer=_host(said.get("referrer")),
            visitor=visitor,
            at=now(),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _host(address: Any) -> str | None:
    """Only the host a visitor came from: the rest of the address may tell what he searched for."""
    host = urlsplit(str(address or "")).hostname
    return host[:80] if host and host != urlsplit(settings.ORIGIN).hostname else None


def _owner(path: str, minute: int) -> int | None:
    """Whose page this is: a seller's own, else the market's."""
    return _organisation(match.group(1) if (match := SELLER_PAGE.match(path)) else "", minute)


@lru_cache(maxsize=4096)
def _organisation(slug: str, minute: int) -> int | None:
    """The seller's, or the operator's for "". `minute` lets what was looked up grow old."""
    if slug:
        return Organisation.objects.filter(slug=slug).values_list("pk", flat=True).first()
    try:
        return market_operator().pk
    except NotFound:
        return None


def visit_notice(*, request: HttpRequest, **given: object) -> str:
    """What fills the foot of every public page: hidden until a script finds that nothing was chosen yet."""
    return SafeString(render_to_string("audience/parts/notice.html"))
