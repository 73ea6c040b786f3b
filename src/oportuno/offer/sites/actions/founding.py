"""Making a site, and what its owner changes in it as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from oportuno.kernel.errors import Refusal
from oportuno.kernel.facts import record
from oportuno.offer.sites.actions.showing import show
from oportuno.offer.sites.facts import SiteFounded
from oportuno.offer.sites.models import Entry, Site, State
from oportuno.offer.sites.queries.sites import own_site
from oportuno.offer.sites.rules.menus import Menus, write_menus
from oportuno.people.organisations.api import Member, Organisation

Judge = Callable[[Organisation], bool]
_judges: list[Judge] = []


def connect_judge(is_allowed: Judge) -> None:
    """Who says whether the market lets an organisation's site be shown. Called in config.wiring."""
    _judges[:] = [is_allowed]


@transaction.atomic
def found_site(*, organisation: Organisation, title: str, language: str = "es", template: str = "", by: UUID | None, at: datetime) -> Site:
    """The organisation's site, made if there is none; closed until its owner opens it. Acts for the organisation."""
    site, made = Site.objects.get_or_create(
        organisation_id=organisation.pk,
        defaults={
            "title": title.strip()[:120] or organisation.name,
            "language": language,
            "allowed": all(judge(organisation) for judge in _judges),
            "created_at": at,
            "changed_at": at,
        },
    )
    if made:
        record(SiteFounded(site=site.pk, template=template, by=by, at=at))
    return site


@transaction.atomic
def open_site(*, by: Member, at: datetime) -> Site:
    """Show the site from now on, if the market lets it. Refuses a site without any page to show."""
    site = own_site(by.organisation.pk)
    if not Entry.objects.filter(organisation_id=by.organisation.pk, state=State.PUBLISHED).exists():
        raise Refusal(_("There is nothing to show yet: publish a page or a post first."))
    site.opened_at = site.opened_at or at
    show(site, at=at)
    return site


@transaction.atomic
def close_site(*, by: Member, at: datetime) -> Site:
    """Nobody outside sees any of it until it is opened again; nothing is lost."""
    site = own_site(by.organisation.pk)
    site.opened_at = None
    show(site, at=at)
    return site


SAID = (
    "title",
    "tagline",
    "description",
    "blog_title",
    "blog_description",
    "language",
    "comments_open",
    "cadence_days",
    "logo_id",
    "home_id",
)


@transaction.atomic
def change_site(*, by: Member, at: datetime, **said: Any) -> Site:
    """Change what SAID lists. Raises Refusal, with its field."""
    site = own_site(by.organisation.pk)
    if "title" in said and not str(said["title"]).strip():
        raise Refusal(_("Give the site a name: visitors read it first."), field="title")
    _set(site, said, SAID)
    site.changed_at = at
    site.save(update_fields=[*said, "changed_at"])
    return site


@transaction.atomic
def change_menus(*, menus: Menus, by: Member, at: datetime) -> Site:
    """Both menus at once. Raises Refusal for a line that leads to somebody else's entry."""
    site = own_site(by.organisation.pk)
    wanted = menus.entries()
    if Entry.objects.filter(organisation_id=by.organisation.pk, pk__in=wanted).count() != len(wanted):
        raise Refusal(_("A line of the menu leads to a page that is not there any more."))
    site.menus, site.changed_at = write_menus(menus), at
    site.save(update_fields=["menus", "changed_at"])
    return site


def _set(site: Site, said: dict[str, Any], known: Iterable[str]) -> None:
    for name, value in said.items():
        if name not in known:
            raise TypeError(f"a site has no {name}")
        setattr(site, name, value.strip() if isinstance(value, str) else value)
