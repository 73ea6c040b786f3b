"""What is not published yet, for whoever was sent its link."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_safe

from oportuno.kernel.clock import now
from oportuno.kernel.content import read, render_html
from oportuno.kernel.errors import NotFound
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.policies import open_to_all
from oportuno.offer.sites.models import Entry
from oportuno.offer.sites.queries.entries import newest_revision
from oportuno.offer.sites.queries.previews import previewed
from oportuno.offer.sites.queries.sites import own_site
from oportuno.offer.sites.views.answering import LANGUAGES, Meta, place_before, show
from oportuno.offer.sites.views.reading import minutes
from oportuno.people.organisations.api import Organisation


@require_safe
@open_to_all("a signed link shows one entry as it is written now, for a week")
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """GET /previo/<token>/"""
    organisation, entry = previewed(token.rstrip("/"), at=now())
    owner = Organisation.objects.filter(pk=organisation, closed_at__isnull=True).first()
    if owner is None:
        raise NotFound
    with for_organisation(organisation):
        found = Entry.objects.filter(pk=entry).exclude(state="trashed").select_related("author__picture", "picture").first()
        if found is None:
            raise NotFound
        revision = newest_revision(found)
        place = place_before(own_site(organisation), owner, at=now())
        found.title, found.document = revision.title or found.title, revision.document
        found.published_at = found.published_at or now()
        with translation.override(LANGUAGES.get(place.site.language, "es-co")):
            context = {
                "entry": found,
                "body": render_html(read(found.document), language=place.site.language),
                "minutes": minutes(found),
                "author": found.author,
                "is_preview": True,
            }
            template = "sites/post.html" if found.kind == "post" else "sites/page.html"
            response = show(request, place, template, Meta(title=found.title, path=found.path, indexed=False), context)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response
