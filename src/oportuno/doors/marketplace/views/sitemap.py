"""The map for search engines: an index, and parts that one query each fills."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from oportuno.doors.marketplace.queries import mapping
from oportuno.doors.marketplace.queries.addresses import absolute
from oportuno.kernel.errors import NotFound
from oportuno.kernel.policies import public

XML = "application/xml; charset=utf-8"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"


@require_safe
@public
def index(request: HttpRequest) -> HttpResponse:
    """Where the parts are, and the maps of sites. Products come by range of their keys, so nothing is counted or skipped over."""
    paths = [*(reverse("sitemap-part", args=[name]) for name in mapping.parts()), *mapping.maps_of_sites()]
    parts = "".join(f"<sitemap><loc>{_written(path)}</loc></sitemap>" for path in paths)
    return HttpResponse(f'{HEAD}<sitemapindex xmlns="{SCHEMA}">{parts}</sitemapindex>', content_type=XML)


@require_safe
@public
def part(request: HttpRequest, part: str) -> HttpResponse:
    """The addresses of one part, each in every language."""
    found = mapping.addresses(part)
    if found is None:
        raise NotFound
    body = "".join(_urls(found))
    head = f'{HEAD}<urlset xmlns="{SCHEMA}" xmlns:xhtml="http://www.w3.org/1999/xhtml">'
    return HttpResponse(f"{head}{body}</urlset>", content_type=XML)


def _urls(found: Iterable[tuple[str, datetime | None]]) -> Iterable[str]:
    for path, changed in found:
        links = _languages(path)
        when = f"<lastmod>{changed.date().isoformat()}</lastmod>" if changed else ""
        yield f"<url><loc>{_written(path)}</loc>{when}{links}</url>"


def _languages(path: str) -> str:
    pairs = [(code, f"/{code}{path}" if code != settings.LANGUAGE_CODE else path) for code, _name in settings.LANGUAGES]
    pairs.append(("x-default", path))
    return "".join(f'<xhtml:link rel="alternate" hreflang="{code}" href="{_written(href)}"/>' for code, href in pairs)


def _written(path: str) -> str:
    return escape(absolute(path), {'"': "&quot;"})
