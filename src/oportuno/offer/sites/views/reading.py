"""What visitors read: the home, pages, posts, and the ways to find them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oportuno.kernel.content import drawn_html
from oportuno.kernel.errors import NotFound
from oportuno.offer.sites.forms.voices import CommentForm
from oportuno.offer.sites.models import Entry, Term
from oportuno.offer.sites.queries import reading
from oportuno.offer.sites.queries.around import around
from oportuno.offer.sites.queries.comments import tallies_of
from oportuno.offer.sites.queries.piece import Piece, piece_at
from oportuno.offer.sites.queries.sites import Place
from oportuno.offer.sites.rules import schema_org
from oportuno.offer.sites.rules.paths import BLOG, archive_in, is_markets, tidy
from oportuno.offer.sites.views.answering import Meta, lost, of_a_site, show
from oportuno.offer.sites.views.talking import below_a_post, below_the_blog

WORDS_A_MINUTE = 200
NAMED = 4
"""Posts that the description of a list names, where nobody has written one."""


@of_a_site
def home(request: HttpRequest, place: Place) -> HttpResponse:
    """On a domain that was a WordPress's, "/?p=12" names a piece."""
    target = _numbered(request, place)
    return first_page(request, place) if target is None else HttpResponsePermanentRedirect(place.to(target))


def first_page(request: HttpRequest, place: Place) -> HttpResponse:
    """The page that its owner chose, else the blog."""
    if place.site.home_id:
        entry = Entry.objects.filter(pk=place.site.home_id, published=True).select_related("author__picture", "picture").first()
        if entry:
            return _page(request, place, entry, path="")
    return _list(request, place, path="", title=place.site.title, description=place.site.description or place.site.tagline)


@of_a_site
def entry(request: HttpRequest, place: Place, path: str) -> HttpResponse:
    """A page or a post at its path; an old path leads to the new one; else what may have been meant."""
    wanted = tidy(path)
    piece = piece_at(place.site.organisation_id, wanted)
    if piece is None:
        return _led_or_lost(request, place, wanted)
    found = piece.entry
    if found.pk == place.site.home_id:
        return HttpResponsePermanentRedirect(place.home)
    if request.path != place.to(found.path):
        return HttpResponsePermanentRedirect(place.to(found.path))
    return post_page(request, place, piece) if found.kind == "post" else _page(request, place, found, path=found.path)


def _led_or_lost(request: HttpRequest, place: Place, path: str) -> HttpResponse:
    target = reading.leads_to(place.site.organisation_id, path)
    if target is None:
        target = _numbered(request, place) or _of_the_market(place, path) or _archived(place, path)
    if target is not None:
        return HttpResponsePermanentRedirect(place.to(target)) if "//" not in target else HttpResponseRedirect(target)
    if place.is_own_host and is_markets(path):
        return HttpResponseRedirect(f"{settings.ORIGIN}/{quote(path)}/")
    return lost(request, place, path, near=_cards(place, reading.nearest_to(place.site.organisation_id, path)))


def _numbered(request: HttpRequest, place: Place) -> str | None:
    number = request.GET.get("p") or request.GET.get("page_id")
    return reading.leads_to(place.site.organisation_id, f"?p={number[:12]}") if number and number.isdecimal() else None


def _archived(place: Place, path: str) -> str | None:
    """Archives by date stand in the blog here; one of a day leads to its month."""
    year, month = archive_in(path) or (0, None)
    if not year or not reading.posts(
        place.site.organisation_id, within=reading.within_days(place.organisation.time_zone, year, month), limit=1
    ):
        return None
    return f"{BLOG}/{year}/{month:02d}" if month else f"{BLOG}/{year}"


def _of_the_market(place: Place, path: str) -> str | None:
    """On a host of its own: what is linked as it stands in the market."""
    base = f"v/{place.organisation.slug}/"
    return path.removeprefix(base) if place.is_own_host and path.startswith(base) else None


def _page(request: HttpRequest, place: Place, entry: Entry, *, path: str) -> HttpResponse:
    meta = _meta(place, entry, path, crumbs=[])
    body = drawn_html(entry.document, language=place.site.language)
    return show(request, place, "sites/page.html", meta, {"entry": entry, "body": body, "is_home": not path})


def post_page(request: HttpRequest, place: Place, piece: Piece, *, form: CommentForm | None = None, status: int = 200) -> HttpResponse:
    """`form`: a comment that was refused."""
    entry, terms = piece.entry, piece.terms
    near = around(entry, terms)
    meta = _meta(place, entry, entry.path, crumbs=[(blog_title(place), place.to(BLOG))], terms=terms)
    voices = below_a_post(request, place, piece, form)
    said = schema_org.commented(voices["comments_count"], voices["threads"].every())
    meta = replace(meta, data=[{**meta.data[0], **said}, *meta.data[1:]])
    context = {
        **voices,
        "entry": entry,
        "body": drawn_html(entry.document, language=place.site.language),
        "minutes": minutes(entry),
        "categories": [(one, place.to(f"blog/categoria/{one.slug}")) for one in terms if one.kind == "category"],
        "tags": [(one, place.to(f"blog/etiqueta/{one.slug}")) for one in terms if one.kind == "tag"],
        "author": entry.author,
        "author_address": place.to(f"blog/autor/{entry.author.slug}") if entry.author else "",
        "earlier": _card(place, near.earlier) if near.earlier else None,
        "later": _card(place, near.later) if near.later else None,
        "related": [(one, _card(place, one.entry)) for one in near.related],
    }
    return show(request, place, "sites/post.html", meta, context, status=status)


@of_a_site
def blog(request: HttpRequest, place: Place) -> HttpResponse:
    """Where a WordPress stood at /blog/, "?p=12" names a piece here, too."""
    target = _numbered(request, place)
    return blog_page(request, place) if target is None else HttpResponsePermanentRedirect(place.to(target))


def blog_page(request: HttpRequest, place: Place) -> HttpResponse:
    """All posts, the newest first."""
    return _list(request, place, path=BLOG, title=blog_title(place), description=place.site.blog_description)


@of_a_site
def category(request: HttpRequest, place: Place, slug: str) -> HttpResponse:
    return _of_term(request, place, "category", slug, f"blog/categoria/{slug}")


@of_a_site
def tag(request: HttpRequest, place: Place, slug: str) -> HttpResponse:
    return _of_term(request, place, "tag", slug, f"blog/etiqueta/{slug}")


def _of_term(request: HttpRequest, place: Place, kind: str, slug: str, path: str) -> HttpResponse:
    term = reading.term_shown(place.site.organisation_id, kind, slug)
    within = reading.within_term(term)
    return _list(request, place, path=path, title=term.name, description=term.description, within=within, sort=kind, must_have=True)


@of_a_site
def author(request: HttpRequest, place: Place, slug: str) -> HttpResponse:
    """Who writes here, and what."""
    found = reading.author_shown(place.site.organisation_id, slug)
    path = f"blog/autor/{slug}"
    data = schema_org.person(
        name=found.name,
        url=place.absolute(path),
        description=found.bio,
        image=f"{place.origin}{found.picture.url()}" if found.picture else "",
        role=found.role,
        works_for=place.site.title,
        same=[one["address"] for one in found.links],
    )
    within = Q(author_id=found.pk)
    return _list(
        request, place, path=path, title=found.name, description=found.bio, within=within, sort="author", data=[data], author=found
    )


@of_a_site
def archive(request: HttpRequest, place: Place, year: int, month: int | None = None) -> HttpResponse:
    """What was written in a year, or in a month."""
    within = reading.within_days(place.organisation.time_zone, year, month)
    title = month_words(year, month) if month else str(year)
    path = f"blog/{year}/{month:02d}" if month else f"blog/{year}"
    return _list(request, place, path=path, title=title, description="", within=within, sort="archive", must_have=True)


def _list(
    request: HttpRequest,
    place: Place,
    *,
    path: str,
    title: str,
    description: str,
    within: Q | None = None,
    sort: str = "",
    must_have: bool = False,
    data: Sequence[dict[str, Any]] = (),
    **more: Any,
) -> HttpResponse:
    organisation = place.site.organisation_id
    before = reading.read_mark(request.GET.get("before", ""))
    found = reading.posts(organisation, before=before, within=within, limit=reading.PAGE + 1)
    shown = found[: reading.PAGE]
    if must_have and not shown:
        raise NotFound
    whole = not within and not before
    pinned = reading.pinned_posts(organisation) if whole else []
    cards = _cards(place, [*pinned, *(one for one in shown if one not in pinned)])
    meta = Meta(
        title=title,
        path=path,
        description=description or "; ".join(one["entry"].title for one in cards[:NAMED]),
        indexed=before is None and sort != "archive",
        data=[*data, schema_org.blog(name=title, url=place.absolute(path), description=description, language=place.site.language,
                                     posts=[(one["entry"].title, f"{place.origin}{one['address']}") for one in cards])],
    )  # fmt: skip
    context = {
        "title": title,
        "description": description,
        "sort": sort,
        "cards": cards,
        "next": f"?{urlencode({'before': reading.mark_of(shown[-1])})}" if len(found) > reading.PAGE else "",
        "first": request.path if before else "",
        "aside": _aside(place) if whole or sort else {},
        **(below_the_blog(request, place) if whole else {}),
        **more,
    }
    return show(request, place, "sites/blog.html", meta, context)


def _aside(place: Place) -> dict[str, Any]:
    """Ways into the blog: categories, tags, months."""
    organisation = place.site.organisation_id
    return {
        "categories": [
            (one, count, place.to(f"blog/categoria/{one.slug}")) for one, count in reading.terms_counted(organisation, "category")
        ],
        "tags": [
            (one, count, place.to(f"blog/etiqueta/{one.slug}")) for one, count in reading.terms_counted(organisation, "tag", limit=30)
        ],
        "months": [
            (month_words(year, month), count, place.to(f"blog/{year}/{month:02d}"))
            for year, month, count in reading.months(organisation, place.organisation.time_zone)[:24]
        ],
    }


def month_words(year: int, month: int) -> str:
    words = date_format(date(year, month, 1), "YEAR_MONTH_FORMAT")
    return words[:1].upper() + words[1:]


def blog_title(place: Place) -> str:
    return place.site.blog_title or _("Blog")


def minutes(entry: Entry) -> int:
    """How long one reads."""
    return max(1, round(entry.words / WORDS_A_MINUTE))


def minutes_words(entry: Entry) -> str:
    return ngettext("%(minutes)s minute", "%(minutes)s minutes", minutes(entry)) % {"minutes": minutes(entry)}


def _card(place: Place, entry: Entry) -> dict[str, Any]:
    return {"entry": entry, "address": place.to(entry.path), "minutes": minutes(entry)}


def _cards(place: Place, entries: Sequence[Entry]) -> list[dict[str, Any]]:
    tallies = tallies_of(one.pk for one in entries)
    return [{**_card(place, one), "comments": tallies[one.pk].comments if one.pk in tallies else 0} for one in entries]


def _meta(place: Place, entry: Entry, path: str, *, crumbs: Sequence[tuple[str, str]], terms: Sequence[Term] = ()) -> Meta:
    picture = entry.picture.url(1200) if entry.picture else ""
    description = entry.search_description or entry.excerpt
    at = entry.published_at or entry.created_at
    steps = [(place.site.title, f"{place.origin}{place.home}"), *((name, f"{place.origin}{address}") for name, address in crumbs)]
    data = [
        schema_org.posting(
            title=entry.title,
            url=place.absolute(path),
            description=description,
            at=at,
            changed_at=entry.changed_at,
            author=entry.author.name if entry.author else "",
            author_url=place.absolute(f"blog/autor/{entry.author.slug}") if entry.author else "",
            image=f"{place.origin}{picture}" if picture else "",
            publisher=place.site.title,
            publisher_url=f"{place.origin}{place.home}",
            words=entry.words,
            keywords=[one.name for one in terms],
            language=place.site.language,
            is_post=entry.kind == "post",
        ),
        schema_org.crumbs([*steps, (entry.title, place.absolute(path))]),
    ]
    return Meta(
        title=entry.search_title or entry.title,
        path=path,
        description=description,
        image=picture,
        kind="article" if entry.kind == "post" else "website",
        data=data,
        crumbs=[*crumbs, (entry.title, "")] if crumbs else (),
    )
