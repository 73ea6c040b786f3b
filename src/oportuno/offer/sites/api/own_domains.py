"""Requests to a domain of an organisation's own are answered with its site, and with nothing else.

Inside, their path gets a prefix that leads to the pages of sites alone; what visitors see are addresses without it. The host is checked
against the domains that are proved now, so a name that was given back, or was never proved, is no host of ours.
"""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address
from urllib.parse import quote

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from oportuno.kernel.isolation import for_public
from oportuno.kernel.moments import Moments
from oportuno.offer.sites.actions.domains import market_hosts
from oportuno.offer.sites.models import Domain
from oportuno.people.organisations.api import Organisation

OWN = "/~sitio/"
SHARED = ("/static/", "/media/", "/temas/archivos/")
"""Paths that are the same on every host: files without cookies."""
_kept: Moments[str] = Moments(seconds=2.0, most=20_000)


class OwnDomains:
    """Turns a request to a proved domain into one to its site; a request that brings our prefix itself leads nowhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        host = host_of(request)
        slug = site_at(host) if host else ""
        if request.path_info.startswith(OWN):
            request.path_info = f"{OWN}-{request.path_info.removeprefix(OWN)}"  # no slug begins with a hyphen
        elif slug:
            request.own_site = slug  # type: ignore[attr-defined]
            port = request.META.get("HTTP_HOST", "").partition(":")[2]
            request.get_host = lambda: f"{host}:{port}" if port.isdigit() else host  # type: ignore[method-assign]
            if not request.path_info.startswith(SHARED):
                request.path_info = f"{OWN}{quote(slug)}{request.path_info}"
        return self.get_response(request)


def host_of(request: HttpRequest) -> str:
    """The name in the Host header, "" for the market's own hosts and for what is no name."""
    name = str(request.META.get("HTTP_HOST", "")).partition(":")[0].lower().rstrip(".")
    if not name or name in market_hosts() or name == "localhost" or "." not in name or len(name) > 253:
        return ""
    try:
        ip_address(name)
    except ValueError:
        return name
    return ""


def site_at(host: str) -> str:
    """The slug of the organisation whose proved domain this is, "" for nobody's."""
    return _kept.get(host, lambda: _look_up(host))


def _look_up(host: str) -> str:
    with for_public():
        owner = Domain.objects.filter(name=host, published=True).values_list("organisation_id", flat=True).first()
        if owner is None:
            return ""
        organisation = Organisation.objects.filter(pk=owner, closed_at__isnull=True).first()
        return organisation.slug if organisation else ""
