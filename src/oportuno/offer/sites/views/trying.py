"""A look that is only tried on, for whoever has its signed link: the site in it, or a sample with everything that a page can hold."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_safe

from oportuno.kernel.clock import now
from oportuno.kernel.errors import NotFound
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.kernel.policies import open_to_all
from oportuno.kernel.ui.middleware import framed_by_ourselves
from oportuno.kernel.ui.pages import page
from oportuno.kernel.ui.sheets import sheet_response
from oportuno.offer.sites.models import Entry
from oportuno.offer.sites.queries.piece import piece_at
from oportuno.offer.sites.queries.reading import posts
from oportuno.offer.sites.queries.sites import Place, own_site
from oportuno.offer.sites.queries.themes.finding import appearance, style_sheet
from oportuno.offer.sites.queries.themes.sample import PAGES, sample_frame, sample_page
from oportuno.offer.sites.queries.themes.trying import PREFIX, Trial, trial_of
from oportuno.offer.sites.views import reading
from oportuno.offer.sites.views.answering import LANGUAGES, Meta, place_of
from oportuno.people.organisations.api import Organisation

OWN = ("inicio", "bitacora", "ultima")
"""Pages of the site itself; the others are of the sample."""


@require_safe
@open_to_all("a signed link shows a site in a look that is only tried on, for two days")
def trial(request: HttpRequest, token: str) -> HttpResponse:
    """GET /vista-de-tema/<token>/?pagina="""
    tried = trial_of(token, at=now())
    wanted = request.GET.get("pagina", "")
    with _acting(tried), translation.override(LANGUAGES.get(tried.language, "es-co")):
        response = None
        if tried.organisation and wanted not in PAGES:
            response = _own(request, tried, wanted, f"{PREFIX}{token}/")
        if response is None:
            response = _sample(request, tried, wanted if wanted in PAGES else PAGES[0], f"{PREFIX}{token}/")
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return framed_by_ourselves(response)


@require_safe
@open_to_all("a signed link gives the style sheet of a look that is only tried on")
def trial_sheet(request: HttpRequest, token: str, digest: str) -> HttpResponse:
    """GET /vista-de-tema/<token>/tema.<digest>.css"""
    tried = trial_of(token, at=now())
    with _acting(tried):
        newest, text = style_sheet(tried.theme, tried.look)
        return sheet_response(text, is_newest=digest == newest)


def _acting(tried: Trial) -> AbstractContextManager[None]:
    """For the organisation whose site it is; the sample may wear what is not approved yet, whoever made it: the link is signed."""
    return for_organisation(tried.organisation) if tried.organisation else for_market("a theme is looked at before it is approved")


def _own(request: HttpRequest, tried: Trial, wanted: str, here: str) -> HttpResponse | None:
    """A page of the site; None where there is nothing in it yet."""
    owner = Organisation.objects.filter(pk=tried.organisation, closed_at__isnull=True).first()
    if owner is None:
        raise NotFound
    site = own_site(owner.pk)
    site.theme, site.look = tried.theme, dict(tried.look)
    place = replace(place_of(site, owner), sheets=here)
    newest = posts(owner.pk, limit=1)
    if wanted == "bitacora":
        return reading.blog_page(request, place) if newest else None
    if wanted == "ultima":
        piece = piece_at(owner.pk, newest[0].path) if newest else None
        return reading.post_page(request, place, piece) if piece else None
    return reading.first_page(request, place) if _has_home(place) else None


def _has_home(place: Place) -> bool:
    return Entry.objects.filter(organisation_id=place.site.organisation_id, published=True).exists()


def _sample(request: HttpRequest, tried: Trial, wanted: str, here: str) -> HttpResponse:
    look = appearance(tried.theme, tried.look)
    template, context = sample_page(wanted, tried.language)
    meta = Meta(title=str(context.get("title") or getattr(context.get("entry"), "title", "") or "404"), path="", indexed=False)
    frame = sample_frame(look, f"{here}tema.{look.digest}.css", tried.language, wanted)
    response = page(request, template, {"meta": meta, "canonical": "", "frame": frame, "is_sample": True, **context})
    response["Content-Language"] = tried.language
    return response
