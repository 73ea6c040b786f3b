"""Pages of sites neither read nor set a cookie of the market's (threat T08): whoever writes in a site finds nobody signed in there.

Where the settings name a host of sites, pages below /v/<organisation>/ lead to it. Where they do not, sites lie on the market's own
host; then they are answered as if the browser had sent no cookie but what a visitor chose about being recognised.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import ResolverMatch, resolve
from django.utils import translation
from django.utils.cache import patch_cache_control

from oportuno.offer.sites.queries.sites import where
from oportuno.offer.sites.rules.paths import HOME
from oportuno.people.audience.api.requests import CHOICE, COOKIE

IN_MARKET = "/v/"
STAY = ("style_sheet",)
"""What the workbench shows of a site before it is open stands on the market's host, and so does what dresses it."""
AN_HOUR = 3600


class SitesApart:
    """Leaves the market's cookies out of requests to sites, and out of their answers. After OwnDomains, before whoever reads cookies."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        is_own = hasattr(request, "own_site")
        if "HTTP_COOKIE" in request.META and (is_own or _is_of_a_site(request.path_info)):
            _leave_out(request, but=() if is_own else (COOKIE, CHOICE))
        response = self.get_response(request)
        match = request.resolver_match
        if is_own or (match is not None and _is_site(match)):
            _keep_none(response)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> HttpResponse | None:
        """Below /v/ each page leads to its own host, where there is one."""
        match = request.resolver_match
        if match is None or not _is_site(match) or "organisation" not in kwargs or match.url_name in STAY:
            return None
        at = where(kwargs["organisation"])
        return _lead(request, f"{at.origin}{_below(request, kwargs['organisation'])}") if at.is_own_host else None


def _is_of_a_site(path: str) -> bool:
    if not path.startswith((IN_MARKET, "/vista-de-tema/", "/temas/archivos/")):
        return False
    try:
        with translation.override(settings.LANGUAGE_CODE):  # the market's own pages below /v/ are told apart as Django will
            return _is_site(resolve(path))
    except Http404:
        return False


def _is_site(match: ResolverMatch) -> bool:
    return match.namespace == "site"


def _leave_out(request: HttpRequest, *, but: tuple[str, ...]) -> None:
    request.COOKIES = {name: value for name, value in request.COOKIES.items() if name in but}
    request.META["HTTP_COOKIE"] = "; ".join(f"{name}={value}" for name, value in request.COOKIES.items())


def _keep_none(response: HttpResponseBase) -> None:
    """Whoever looked whether somebody is signed in found nobody: the answer depends on no cookie, and sets none."""
    response.cookies.clear()
    if "Vary" in response:
        response["Vary"] = ", ".join(one for one in response["Vary"].split(", ") if one != "Cookie")


def _below(request: HttpRequest, slug: str) -> str:
    """The same page on a host of its own, with what was asked of it."""
    below = request.get_full_path().removeprefix(f"{IN_MARKET}{slug}/")
    return f"/{below.removeprefix(f'{HOME}/')}"


def _lead(request: HttpRequest, address: str) -> HttpResponse:
    """For good; browsers ask again after an hour, for an operator may change its mind. A form that was sent is sent on as it is."""
    response = HttpResponse(status=301 if request.method in ("GET", "HEAD") else 308)
    response["Location"] = address
    patch_cache_control(response, public=True, max_age=AN_HOUR)
    return response
