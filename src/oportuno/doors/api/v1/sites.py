"""Sites of sellers, as anybody reads them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query as InQuery
from ninja import Router, Schema
from pydantic import Field

from oportuno.doors.api import marks
from oportuno.doors.api.keys import anybody
from oportuno.doors.api.pace import ANYBODY
from oportuno.doors.api.shapes import After, Limit, problems
from oportuno.offer.sites import api as sites
from oportuno.offer.sites.api import listing

router = Router(tags=["sites"], auth=None, throttle=[ANYBODY])
FOUND = problems(400, 404, 422, 429)
Content = Annotated[bool, InQuery(description="with what they say, as HTML")]


class SiteOut(Schema):
    """`url` and those of entries are paths of the market, or whole where the site is on a host of its own; `domain` is its main one."""

    slug: str = Field(examples=["flores-de-alba"])
    title: str
    tagline: str
    description: str
    language: str
    url: str
    blog_url: str
    blog_title: str
    domain: str


class PageOut(Schema):
    """`path` is below the site; `parent` the path of the page above. `html` only where it was asked for."""

    id: UUID
    slug: str
    path: str
    url: str
    title: str
    excerpt: str
    parent: str | None
    words: int
    published_at: datetime
    changed_at: datetime
    html: str | None = None


class TermOut(Schema):
    slug: str
    name: str


class PostOut(PageOut):
    author: str | None
    categories: list[TermOut]
    tags: list[TermOut]
    pinned: bool


class PagesOut(Schema):
    """By their paths. `next` asks for the following page; null at the end."""

    pages: list[PageOut]
    next: str | None


class PostsOut(Schema):
    """The newest first. `next` asks for the following page; null at the end."""

    posts: list[PostOut]
    next: str | None


@router.get("/sites/{slug:slug}", response={200: SiteOut, **FOUND}, url_name="site", summary="Read what a site is called")
@anybody
def site(request: HttpRequest, slug: str) -> SiteOut:
    """404 for one that is not open."""
    found, owner = sites.shown_site(slug)
    domain = sites.main_domain(owner.pk)
    at = sites.where(owner.slug, domain)
    return SiteOut(
        slug=owner.slug,
        title=found.title,
        tagline=found.tagline,
        description=found.description,
        language=found.language,
        url=at.link(""),
        blog_url=at.link("blog"),
        blog_title=found.blog_title,
        domain=domain,
    )


@router.get("/sites/{slug:slug}/pages", response={200: PagesOut, **FOUND}, url_name="site-pages", summary="List a site's pages")
@anybody
def pages(request: HttpRequest, slug: str, content: Content = False, after: After = "", limit: Limit = 24) -> PagesOut:
    """Published pages, by their paths."""
    found, owner = sites.shown_site(slug)
    mark = marks.read(after, str)
    rows = listing.pages_shown(owner.pk, after=mark[0] if mark else "", limit=limit + 1, content=content)
    at = sites.where(owner.slug, sites.main_domain(owner.pk))
    shown = [PageOut(**_entry(one, at, found.language if content else "")) for one in rows[:limit]]
    return PagesOut(pages=shown, next=marks.write(shown[-1].path) if len(rows) > limit else None)


@router.get("/sites/{slug:slug}/posts", response={200: PostsOut, **FOUND}, url_name="site-posts", summary="List a site's posts")
@anybody
def posts(request: HttpRequest, slug: str, content: Content = False, after: After = "", limit: Limit = 24) -> PostsOut:
    """Published posts of its blog, the newest first."""
    found, owner = sites.shown_site(slug)
    mark = marks.read(after, _moment, UUID)
    rows = listing.posts_shown(owner.pk, before=(mark[0], mark[1]) if mark else None, limit=limit + 1, content=content)
    terms = listing.terms_of(owner.pk, rows[:limit])
    at = sites.where(owner.slug, sites.main_domain(owner.pk))
    shown = [_post(one, at, found.language if content else "", terms) for one in rows[:limit]]
    last = rows[limit - 1] if len(rows) > limit else None
    return PostsOut(posts=shown, next=marks.write(last.published_at.isoformat(), last.pk) if last and last.published_at else None)


def _moment(said: object) -> datetime:
    found = datetime.fromisoformat(str(said))
    if found.tzinfo is None:
        raise ValueError("zone")
    return found


def _post(one: sites.Entry, at: sites.Where, language: str, terms: Mapping[UUID, sites.Term]) -> PostOut:
    filed = [terms[term] for term in one.terms if term in terms]
    return PostOut(
        **_entry(one, at, language),
        author=one.author.name if one.author else None,
        categories=[TermOut(slug=term.slug, name=term.name) for term in filed if term.kind == "category"],
        tags=[TermOut(slug=term.slug, name=term.name) for term in filed if term.kind == "tag"],
        pinned=one.pinned,
    )


def _entry(one: sites.Entry, at: sites.Where, language: str) -> dict[str, Any]:
    """What pages and posts share; with `language` also what it says."""
    return {
        "id": one.pk,
        "slug": one.slug,
        "path": one.path,
        "url": at.link(one.path),
        "title": one.title,
        "excerpt": one.excerpt,
        "parent": one.path.rpartition("/")[0] or None if one.kind == "page" else None,
        "words": one.words,
        "published_at": one.published_at,
        "changed_at": one.changed_at,
        "html": listing.html_of(one, language) if language else None,
    }
