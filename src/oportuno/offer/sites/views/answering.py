"""Answering with a page of a site: whose it is, in its language, inside its frame."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oportuno.kernel.errors import NotFound
from oportuno.kernel.policies import View, public
from oportuno.kernel.ui.pages import page
from oportuno.offer.sites.models import Site
from oportuno.offer.sites.queries.frame import frame_of
from oportuno.offer.sites.queries.sites import Place, main_domain, shown_site, where
from oportuno.offer.sites.queries.themes.trying import Trial
from oportuno.offer.sites.rules.paths import BLOG
from oportuno.people.organisations.api import Organisation

SiteView = Callable[Concatenate[HttpRequest, Place, ...], HttpResponse]
DESCRIPTION = 160  # characters that search engines show


@dataclass(frozen=True)
class Meta:
    """What a page says of itself. `path` is of its best address; `image` absolute or a path of ours; `indexed` False: followed, not listed."""

    title: str
    path: str
    description: str = ""
    image: str = ""
    kind: str = "website"
    indexed: bool = True
    data: Sequence[Mapping[str, Any]] = field(default_factory=tuple)
    crumbs: Sequence[tuple[str, str]] = ()

    @property
    def short(self) -> str:
        words = " ".join(self.description.split())
        return words if len(words) <= DESCRIPTION else words[:DESCRIPTION].rsplit(" ", 1)[0].rstrip(".,;:") + "…"

    @property
    def og_image(self) -> str:
        return self.image if not self.image.startswith("/") else f"{settings.ORIGIN}{self.image}"


def place_for(request: HttpRequest, organisation: str) -> Place:
    """Where this request finds the site: on a domain of its own, or in the market below its organisation's slug. Raises NotFound."""
    own = getattr(request, "own_site", "")
    site, owner = shown_site(own or organisation)
    return place_of(site, owner, host=request.get_host() if own else "", scheme=request.scheme or "https")


def place_of(site: Site, owner: Organisation, *, host: str = "", scheme: str = "https") -> Place:
    """`host`: its own that was asked, "" for the market's."""
    base = "/" if host else f"/v/{owner.slug}/"
    return Place(f"{scheme}://{host}" if host else settings.ORIGIN, base, site, owner, f"{settings.ORIGIN}/v/{owner.slug}/")


def place_before(site: Site, owner: Organisation, *, at: datetime) -> Place:
    """For who may look at it before it is open: then its style sheet, too, comes by a signed link."""
    place = place_of(site, owner)
    if site.published:
        return place
    return replace(place, sheets=Trial(owner.pk, site.theme, dict(site.look), site.language).address(at=at))


def of_a_site(view: SiteView) -> View:
    """A public page of a site, in the site's language. The view gets its Place."""

    @require_safe
    @public
    @wraps(view)
    def answered(request: HttpRequest, organisation: str = "", **named: Any) -> HttpResponse:
        try:
            place = place_for(request, organisation)
        except NotFound:
            if not hasattr(request, "own_site"):
                raise
            return page(request, "sites/nobody.html", {"market_origin": settings.ORIGIN}, status=404)
        with translation.override(LANGUAGES.get(place.site.language, "es-co")), timezone.override(place.organisation.time_zone):
            try:
                response = view(request, place, **named)
            except NotFound:
                response = lost(request, place, str(named.get("path") or named.get("slug") or ""))
            response.headers.setdefault("Content-Language", place.site.language)
            return response

    return answered


LANGUAGES = {"es": "es-co", "en": "en-us"}


def show(
    request: HttpRequest, place: Place, template: str, meta: Meta, context: Mapping[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """Answer with a page inside of the site's frame."""
    known = getattr(place.site, "domain", None)
    domain = main_domain(place.site.organisation_id) if known is None else known
    canonical = where(place.organisation.slug, domain).absolute(meta.path) if status != 404 else ""  # what is nowhere has no address
    if not meta.short:
        meta = replace(meta, description=place.site.description or place.site.tagline or f"{meta.title}, {place.site.title}")
    return page(
        request,
        template,
        {"meta": meta, "place": place, "site": place.site, "canonical": canonical, "frame": frame_of(place, meta.path), **(context or {})},
        status=status,
    )


def lost(request: HttpRequest, place: Place, path: str, **near: Any) -> HttpResponse:
    """Nothing is at this address; `near`: what may have been meant."""
    meta = Meta(title=_("This page is not here"), path=path[:100], indexed=False)
    return show(request, place, "sites/lost.html", meta, {"blog": place.to(BLOG), **near}, status=404)
