"""Requests to a host of an organisation's own are answered with its site, and with nothing else.

Such a host is a domain that it has proved, or its name below the host of sites (settings.SITES_HOST). Inside, their path gets a prefix
that leads to the pages of sites alone; what visitors see are addresses without it. Domains are checked against those that are proved
now, so a name that was given back, or was never proved, is no host of ours.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from ipaddress import ip_address
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase

from oportuno.kernel.errors import NotFound
from oportuno.kernel.isolation import for_public
from oportuno.kernel.moments import Moments
from oportuno.offer.sites.actions.domains import market_hosts
from oportuno.offer.sites.models import Domain
from oportuno.offer.sites.queries.sites import shown_site
from oportuno.offer.sites.rules.domains import is_label, label_below
from oportuno.people.organisations.api import Organisation

OWN = "/~sitio/"
NOBODY = "-"  # no slug begins with a hyphen
SHARED = ("/static/", "/media/", "/temas/archivos/")
"""Paths that are the same on every host: files without cookies."""
TRACKED = re.compile(r"/(?:c/[A-Za-z0-9_-]{56}|o/[A-Za-z0-9_-]{56}\.gif)")
"""Links and pictures of the organisation's bulletins: they name it themselves, and read no cookie."""
_kept: Moments[str] = Moments(seconds=2.0, most=20_000)


class OwnDomains:
    """Turns a request to a site's own host into one to the site; a request that brings our prefix itself leads nowhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        host = name_of(request)
        slug = _asked_below(host)
        if slug is None:
            slug = site_at(host) if is_foreign(host) else ""
        if slug == NOBODY and host == settings.SITES_HOST and request.path_info == "/":
            return HttpResponseRedirect(f"{settings.ORIGIN}/")
        if slug:
            request.own_site = slug  # type: ignore[attr-defined]
            port = request.META.get("HTTP_HOST", "").partition(":")[2]
            request.get_host = lambda: f"{host}:{port}" if port.isdigit() else host  # type: ignore[method-assign]
            if not request.path_info.startswith(SHARED) and not TRACKED.fullmatch(request.path_info):
                request.path_info = f"{OWN}{quote(slug)}{request.path_info}"
        elif request.path_info.startswith(OWN):
            request.path_info = f"{OWN}{NOBODY}{request.path_info.removeprefix(OWN)}"
        return self.get_response(request)


def name_of(request: HttpRequest) -> str:
    """The name in the Host header."""
    return str(request.META.get("HTTP_HOST", "")).partition(":")[0].lower().rstrip(".")


def is_foreign(name: str) -> bool:
    """Whether it is a name at all, and none of the market's own."""
    if not name or name in market_hosts() or name == "localhost" or "." not in name or len(name) > 253:
        return False
    try:
        ip_address(name)
    except ValueError:
        return True
    return False


def _asked_below(host: str) -> str | None:
    """The slug that a name below the host of sites says, NOBODY where it says none; None for any other name."""
    label = label_below(host, settings.SITES_HOST) if settings.SITES_HOST else None
    return None if label is None else label if is_label(label) else NOBODY


def site_at(host: str) -> str:
    """The slug of the organisation whose proved domain this is, "" for nobody's."""
    return _kept.get(host, lambda: _look_up(host))


def is_served(host: str) -> bool:
    """Whether a site is shown at this name: then a proxy may get a certificate for it."""
    slug = _asked_below(host)
    if slug is None:
        return bool(site_at(host))
    try:
        with for_public():
            shown_site(slug)
    except NotFound:
        return False
    return True


def _look_up(host: str) -> str:
    with for_public():
        owner = Domain.objects.filter(name=host, published=True).values_list("organisation_id", flat=True).first()
        if owner is None:
            return ""
        organisation = Organisation.objects.filter(pk=owner, closed_at__isnull=True).first()
        return organisation.slug if organisation else ""
