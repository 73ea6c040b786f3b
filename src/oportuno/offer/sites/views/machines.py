"""What programs read of a site: feeds and its map."""

from __future__ import annotations

from xml.sax.saxutils import escape

from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from oportuno.kernel.content import read, render_html
from oportuno.kernel.plain_xml import for_xml
from oportuno.kernel.policies import open_to_all
from oportuno.offer.sites.api.own_domains import is_served
from oportuno.offer.sites.models import Entry
from oportuno.offer.sites.queries import reading
from oportuno.offer.sites.queries.sites import Place
from oportuno.offer.sites.views.answering import of_a_site
from oportuno.offer.sites.views.reading import blog_title

NEWEST = 20
MOST_IN_MAP = 50_000
XML = "application/xml; charset=utf-8"


class WholeRss(Rss201rev2Feed):
    """RSS 2.0 with the whole text in `content:encoded`."""

    def rss_attributes(self) -> dict[str, str]:
        return {
            **super().rss_attributes(),
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        }

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, object]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content:encoded", str(item["whole"]))


class WholeAtom(Atom1Feed):
    """Atom with the whole text in `content`."""

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, object]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", str(item["whole"]), {"type": "html"})


@of_a_site
def rss(request: HttpRequest, place: Place) -> HttpResponse:
    return _feed(request, place, WholeRss, "blog/rss.xml")


@of_a_site
def atom(request: HttpRequest, place: Place) -> HttpResponse:
    return _feed(request, place, WholeAtom, "blog/atom.xml")


def _feed(request: HttpRequest, place: Place, kind: type[WholeRss | WholeAtom], path: str) -> HttpResponse:
    """The newest posts, whole. Only what is published; addresses are absolute."""
    site = place.site
    found = Entry.objects.filter(organisation_id=site.organisation_id, published=True, kind="post")
    posts = list(found.select_related("author").order_by("-published_at", "-pk")[:NEWEST])
    feed = kind(
        title=for_xml(f"{blog_title(place)} · {site.title}"),
        link=place.absolute("blog"),
        description=for_xml(site.blog_description or site.description or site.tagline or site.title),
        language=site.language,
        feed_url=place.absolute(path),
        feed_guid=place.absolute("blog"),
        author_name=for_xml(site.title),
    )
    terms = reading.terms_by_id(site.organisation_id, {term for post in posts for term in post.terms})
    for post in posts:
        feed.add_item(
            title=for_xml(post.title),
            link=place.absolute(post.path),
            description=for_xml(post.excerpt),
            unique_id=f"urn:uuid:{post.pk}",
            unique_id_is_permalink=False,
            pubdate=post.published_at,
            updateddate=max(post.changed_at, post.published_at or post.changed_at),
            author_name=for_xml(post.author.name) if post.author else None,
            categories=[for_xml(terms[one].name) for one in post.terms if one in terms],
            whole=for_xml(_with_origin(render_html(read(post.document), language=site.language, finished=False), place.origin)),
        )
    response = HttpResponse(content_type=kind.content_type)
    feed.write(response, "utf-8")
    return response


def _with_origin(html: str, origin: str) -> str:
    """Our own addresses made whole: a feed is read elsewhere."""
    for attribute in ("href", "src", "poster"):
        html = html.replace(f'{attribute}="/', f'{attribute}="{origin}/')
    return html.replace('srcset="/', f'srcset="{origin}/').replace("w, /", f"w, {origin}/")


@of_a_site
def sitemap(request: HttpRequest, place: Place) -> HttpResponse:
    """Every page and post with the day it changed."""
    rows = Entry.objects.filter(organisation_id=place.site.organisation_id, published=True).order_by("-changed_at", "-pk")
    home = place.site.home_id
    lines = [f"<url><loc>{escape(place.origin + place.home)}</loc></url>", f"<url><loc>{escape(place.absolute('blog'))}</loc></url>"]
    lines += [
        f"<url><loc>{escape(place.absolute(path))}</loc><lastmod>{changed_at.date().isoformat()}</lastmod></url>"
        for pk, path, changed_at in rows.values_list("pk", "path", "changed_at")[: MOST_IN_MAP - 2]
        if pk != home
    ]
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return HttpResponse(f"{head}{''.join(lines)}</urlset>", content_type=XML)


@of_a_site
def robots(request: HttpRequest, place: Place) -> HttpResponse:
    """On a domain of its own: everything may be read, and here is the map."""
    return HttpResponse(f"User-agent: *\nAllow: /\nSitemap: {place.origin}/sitemap.xml\n", content_type="text/plain; charset=utf-8")


@require_safe
@open_to_all("a proxy asks whether it may get a certificate for a name")
def permitted(request: HttpRequest) -> HttpResponse:
    """GET /dominios/permitido?domain=<name>, the `ask` of Caddy's certificates on demand.

    200 for a domain that is proved and for a site that is shown below the host of sites, else 404.
    """
    return HttpResponse(status=200 if is_served(request.GET.get("domain", "").lower()[:253]) else 404, content_type="text/plain")
