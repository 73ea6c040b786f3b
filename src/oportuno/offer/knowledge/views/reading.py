"""An article as it is read: its newest version, older ones, what changed, and how it is cited."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oportuno.kernel.differences import differences
from oportuno.kernel.errors import NotFound
from oportuno.kernel.policies import public
from oportuno.kernel.ui.public import Meta, absolute, home_crumb, show
from oportuno.offer.knowledge.models import Article, State, Version
from oportuno.offer.knowledge.queries import shown
from oportuno.offer.knowledge.queries.cards import ArticleCard, address_of, card, cards, picture_of, subjects
from oportuno.offer.knowledge.queries.changes import paragraphs
from oportuno.offer.knowledge.queries.citations import FORMATS, citation_of, cited_as
from oportuno.offer.knowledge.queries.reading import Reading, reading, told_of
from oportuno.offer.knowledge.rules import citation, schema_org
from oportuno.offer.knowledge.rules.sources import apa_html, apa_text
from oportuno.people.organisations.api import Organisation


@require_safe
@public
def article(request: HttpRequest, number: int, slug: str) -> HttpResponse:
    """The newest version; a withdrawn one says so, and why (410)."""
    found = shown.numbered_article(number)
    if slug != found.slug:
        return HttpResponsePermanentRedirect(address_of(found))
    if found.state == State.WITHDRAWN:
        return _tombstone(request, found)
    return _read(request, found, shown.version_of(found))


@require_safe
@public
def by_number(request: HttpRequest, number: int) -> HttpResponse:
    """The short address, for ever."""
    return HttpResponsePermanentRedirect(address_of(shown.numbered_article(number)))


@require_safe
@public
def former(request: HttpRequest, slug: str) -> HttpResponse:
    """An address from before articles had numbers."""
    found = shown.article_once_at(slug)
    if found is None:
        raise NotFound
    return HttpResponsePermanentRedirect(address_of(found))


@require_safe
@public
def version(request: HttpRequest, number: int, slug: str, version: int) -> HttpResponse:
    """A version by its address, the same for ever."""
    found = shown.numbered_article(number)
    if slug != found.slug:
        return HttpResponsePermanentRedirect(version_address(found, version))
    if found.state == State.WITHDRAWN:
        return _tombstone(request, found)
    return _read(request, found, shown.version_of(found, version))


@require_safe
@public
def changes(request: HttpRequest, number: int, slug: str, version: int) -> HttpResponse:
    """What is different in a version, word by word, from the one before it or from `?con=`."""
    found = shown.numbered_article(number)
    if slug != found.slug:
        return HttpResponsePermanentRedirect(reverse("knowledge:changes", args=[found.number, found.slug, version]))
    if found.state == State.WITHDRAWN:
        return _tombstone(request, found)
    after = shown.version_of(found, version)
    asked = request.GET.get("con", "")
    other = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else version - 1
    before = shown.version_of(found, other) if other >= 1 else None
    owner = Organisation.objects.get(pk=found.organisation_id)
    shape = card(found, owner)
    meta = Meta(
        title=_("What changed in version %(number)s: %(title)s") % {"number": version, "title": shape.title},
        crumbs=[*_crumbs(found), (shape.title, shape.href), (_("Changes"), "")],
        indexed=False,
    )
    context = {
        "article": shape,
        "after": after,
        "before": before,
        "versions": shown.versions_of(found),
        "paragraphs": differences(paragraphs(before) if before else [], paragraphs(after)),
    }
    return show(request, "knowledge/changes.html", meta, context)


@require_safe
@public
def cited(request: HttpRequest, number: int, slug: str, version: int, ending: str) -> HttpResponse:
    """How a version is cited, as a file for reference managers, or as a line of text."""
    found = shown.numbered_article(number)
    if found.state == State.WITHDRAWN:
        return _tombstone(request, found)
    written = shown.version_of(found, version)
    if ending not in FORMATS:
        raise NotFound
    body = cited_as(ending, citation_of(found, written))
    response = HttpResponse(body, content_type=f"{FORMATS[ending]}; charset=utf-8")
    if ending != "txt":
        response["Content-Disposition"] = f'attachment; filename="{found.number}-{found.slug[:60]}-v{version}.{ending}"'
    return response


def version_address(article: Article, number: int) -> str:
    return reverse("knowledge:version", args=[article.number, article.slug, number])


def _read(request: HttpRequest, found: Article, written: Version) -> HttpResponse:
    owner = Organisation.objects.get(pk=found.organisation_id)
    shape = card(found, owner)
    text = reading(written, owner, written.references)
    is_newest = written.number == found.live
    item = citation_of(found, written)
    context = {
        "row": found,
        "article": shape,
        "text": text,
        "version": written,
        "is_newest": is_newest,
        "versions": shown.versions_of(found),
        "picture": picture_of(found),
        "told": told_of(found) if found.kind == "case" else None,
        "subjects": _subjects(found),
        "apa": apa_html(item, text.language),
        "apa_text": apa_text(item, text.language),
        "files": [(label, _file(found, written, ending)) for label, ending in FILES],
        "permanent": absolute(version_address(found, written.number)),
        "related": cards(shown.related_to(found)),
    }
    return show(request, "knowledge/article.html", _meta(found, written, shape, text, item, is_newest), context)


FILES = (("BibTeX", "bib"), ("RIS", "ris"), ("CSL-JSON", "json"))


def _file(found: Article, written: Version, ending: str) -> str:
    return reverse("knowledge:cited", args=[found.number, found.slug, written.number, ending])


def _subjects(found: Article) -> list[dict[str, str]]:
    wanted = [one for one in shown.categories() if one.slug in found.categories]
    made = subjects(wanted, {one.slug: 1 for one in wanted}, address=reverse("knowledge:articles"))
    return [{"title": one.title, "href": one.href} for one in made]


def _meta(found: Article, written: Version, shape: ArticleCard, text: Reading, item: dict[str, Any], is_newest: bool) -> Meta:
    page = absolute(shape.href)
    told = told_of(found) if found.kind == "case" else None
    data = schema_org.article(
        title=text.title,
        url=absolute(version_address(found, written.number)),
        page=page,
        summary=text.summary,
        first_at=shape.at,
        at=written.at,
        version=written.number,
        authors=[
            schema_org.author(name=one.name, url=absolute(one.href) if one.href else "", affiliation=one.affiliation, orcid=one.orcid)
            for one in text.signers
        ],
        image=absolute(shape.image.src),
        publisher=item["container-title"],
        publisher_url=absolute("/"),
        language=text.language,
        keywords=found.tags,
        words=getattr(found, f"words_{text.language}"),
        sources=[one.item for one in text.sources],
        about={"@type": "Organization", "name": told.name, "url": absolute(told.href)} if told else None,
    )
    tags = citation.highwire(
        item=item,
        affiliations=[one.affiliation for one in text.signers],
        orcids=[one.orcid for one in text.signers],
        first_on=localtime(shape.at).date(),
        keywords=found.tags,
        references=[one.item for one in text.sources],
        page=page,
    )
    return Meta(
        title=text.title if is_newest else _("%(title)s (version %(number)s)") % {"title": text.title, "number": written.number},
        description=text.summary,
        image=shape.image.src,
        kind="article",
        crumbs=[*_crumbs(found), (text.title, "")],
        data=[data] if is_newest else [],
        tags=tags if is_newest else [],
        indexed=is_newest,
    )


def _crumbs(found: Article) -> list[tuple[str, str]]:
    steps = [home_crumb(), (_("Knowledge"), reverse("knowledge:home"))]
    return [*steps, (_("Library of cases"), reverse("knowledge:cases"))] if found.kind == "case" else steps


def _tombstone(request: HttpRequest, found: Article) -> HttpResponse:
    owner = Organisation.objects.get(pk=found.organisation_id)
    shape = card(found, owner)
    meta = Meta(title=_("Withdrawn: %(title)s") % {"title": shape.title}, crumbs=[*_crumbs(found), (shape.title, "")], indexed=False)
    context = {"article": shape, "row": found, "related": cards(shown.related_to(found)), "search": urlencode({"q": shape.title})}
    return show(request, "knowledge/withdrawn.html", meta, context, status=410)
