"""A site from a template of the vertical: its pages, its first posts as drafts, its menu."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from oportuno.kernel.content import Document, read
from oportuno.kernel.errors import Conflict, Refusal
from oportuno.offer.sites.actions.filing import own_author
from oportuno.offer.sites.actions.founding import change_menus, change_site, found_site
from oportuno.offer.sites.actions.publishing import publish_entry
from oportuno.offer.sites.actions.showing import show
from oportuno.offer.sites.actions.writing import begin_entry
from oportuno.offer.sites.models import Entry, Site
from oportuno.offer.sites.queries.sites import own_site, site_of
from oportuno.offer.sites.rules.menus import Item, Menus
from oportuno.offer.sites.rules.outline import blocks_of
from oportuno.people.organisations.api import Member


@dataclass(frozen=True)
class Draft:
    """A page or a post of a template. `body` is text as rules.outline reads it; "{name}" stands for the organisation's name.

    `finish`: its owner has to write in it before it is shown. Posts always are.
    """

    kind: str
    title: str
    body: str
    finish: bool = False


@dataclass(frozen=True)
class Template:
    """How a site of one sort of organisation begins, in one language. Its first page is the home."""

    slug: str
    title: str
    hint: str
    theme: str
    tagline: str
    drafts: Sequence[Draft]


Templates = Callable[[str], Sequence[Template]]
_sources: list[Templates] = []


def connect_templates(templates: Templates) -> None:
    """Who knows the templates of the vertical, by language. Called in config.wiring."""
    _sources[:] = [templates]


def site_templates(language: str) -> list[Template]:
    """Those of the vertical, in its order."""
    return [one for source in _sources for one in source(language)]


@transaction.atomic
def begin_site(*, title: str, language: str, template: str, open_now: bool = False, by: Member, at: datetime) -> Site:
    """Found the site of the member's organisation from a template ("" for an empty one). Pages are published, posts are drafts to finish.

    Raises Conflict where there is a site with something in it, Refusal for a template that is not there.
    """
    if (there := site_of(by.organisation.pk)) and Entry.objects.filter(organisation_id=there.organisation_id).exists():
        raise Conflict(_("This organisation has a site already."))
    chosen = next((one for one in site_templates(language) if one.slug == template), None)
    if template and chosen is None:
        raise Refusal(_("Choose a template of the list."), field="template")
    site = found_site(organisation=by.organisation, title=title, language=language, template=template, by=by.id, at=at)
    drafts = chosen.drafts if chosen else [Draft("page", _("Home"), _("Write here who you are, whom you help, and with what."))]
    made = [(one, _made(one, site.title, by, at)) for one in drafts]
    pages = [entry for one, entry in made if one.kind == "page"]
    ready = [entry for one, entry in made if one.kind == "page" and not one.finish]
    for entry in ready:
        publish_entry(entry=entry.pk, by=by, at=at)
    said: dict[str, Any] = {"title": title, "language": language}
    if ready:
        said["home_id"] = ready[0].pk
    if chosen:
        said["tagline"] = _filled(chosen.tagline, site.title)
    site = change_site(by=by, at=at, **said)
    if chosen and chosen.theme:
        Site.objects.filter(pk=site.pk).update(theme=chosen.theme)
    change_menus(menus=_menus(pages), by=by, at=at)
    if open_now:
        site = own_site(site.organisation_id)
        site.opened_at = at
        show(site, at=at)
    return site


def _made(draft: Draft, name: str, by: Member, at: datetime) -> Entry:
    author: UUID | None = own_author(by=by, at=at).pk if draft.kind == "post" else None
    return begin_entry(kind=draft.kind, title=_filled(draft.title, name), content=_document(draft.body, name), author=author, by=by, at=at)


def _document(body: str, name: str) -> Document:
    return outlined(_filled(body, name))


def outlined(body: str) -> Document:
    """A document from text as templates are written (rules.outline)."""
    return read({"blocks": blocks_of(body)})


def _filled(text: str, name: str) -> str:
    return text.replace("{name}", name)


def _menus(pages: Sequence[Entry]) -> Menus:
    lines: list[Mapping[str, Any]] = [{"label": one.title[:60], "entry": one.pk} for one in pages]
    return Menus(main=tuple(Item.model_validate(one) for one in [*lines[:1], {"label": _("Blog"), "blog": True}, *lines[1:6]]))
