"""Putting a theme on a site, adjusting it, going back; saying how good it is."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from oportuno.kernel.errors import Conflict, NotFound, Refusal
from oportuno.kernel.facts import record
from oportuno.kernel.isolation import for_market, for_public
from oportuno.offer.sites.facts import LookChanged, ThemeRated
from oportuno.offer.sites.models import LookKept, Site, Theme, ThemeUse, ThemeVersion
from oportuno.offer.sites.queries.sites import own_site
from oportuno.offer.sites.queries.themes.finding import is_offered
from oportuno.offer.sites.queries.themes.shipped import shipped
from oportuno.offer.sites.rules.themes.look import look_of
from oportuno.people.organisations.api import Member

KEPT = 20
"""Looks one may go back to."""
WHY = "a theme counts who uses it and how they like it, whoever made it"


@transaction.atomic
def wear(*, theme: str, look: dict[str, Any], by: Member, at: datetime) -> Site:
    """The site shows itself so from now on; what it wore before is kept to go back to. Raises Refusal for a theme that is not offered."""
    site = own_site(by.organisation.pk)
    _must_be_offered(theme, site)
    chosen = look_of(look).as_json()
    if (site.theme, site.look) == (theme, chosen):
        return site
    LookKept.objects.create(theme=site.theme, look=site.look, by_id=by.id, by_name=by.person.name, at=at)
    older = LookKept.objects.order_by("-at", "-pk").values_list("pk", flat=True)[KEPT:]
    LookKept.objects.filter(pk__in=list(older)).delete()
    if theme != site.theme and theme not in shipped():
        _count_use(UUID(theme), at)
    return _changed(site, theme, chosen, by, at)


@transaction.atomic
def undo_look(*, by: Member, at: datetime) -> Site:
    """What the site wore before. Raises Conflict where there is nothing to go back to."""
    site = own_site(by.organisation.pk)
    kept = LookKept.objects.filter(organisation_id=by.organisation.pk).order_by("-at", "-pk").first()
    if kept is None:
        raise Conflict(_("There is no earlier look to go back to."))
    kept.delete()
    return _changed(site, kept.theme, kept.look, by, at)


@transaction.atomic
def rate_theme(*, theme: UUID, stars: int, by: Member, at: datetime) -> None:
    """One to five stars of an organisation that has used it; again writes over the first. Raises NotFound, Refusal."""
    used = ThemeUse.objects.select_for_update().filter(organisation_id=by.organisation.pk, theme_id=theme).first()
    if used is None:
        raise NotFound
    if not 1 <= stars <= 5:
        raise Refusal(_("Give it one to five stars."), field="stars")
    before = used.stars
    used.stars, used.rated_at = stars, at
    used.save(update_fields=["stars", "rated_at"])
    with for_market(WHY):
        more = {"stars": F("stars") + stars - (before or 0), "ratings": F("ratings") + (0 if before else 1)}
        Theme.objects.filter(pk=theme).update(**more)
    record(ThemeRated(theme=theme, stars=stars, by=by.id, at=at))


def _must_be_offered(theme: str, site: Site) -> None:
    """A theme of ours, one of the own organisation, or a version that was approved; or what it wears already."""
    if theme != site.theme and not is_offered(theme, site.organisation_id):
        raise Refusal(_("This theme is not offered."), field="theme")


def _count_use(version: UUID, at: datetime) -> None:
    with for_public():
        theme = ThemeVersion.objects.filter(pk=version).values_list("theme_id", flat=True).first()
    if theme is None:
        return
    _used, first = ThemeUse.objects.get_or_create(theme_id=theme, defaults={"first_at": at})
    if first:
        with for_market(WHY):
            Theme.objects.filter(pk=theme).update(installs=F("installs") + 1)


def _changed(site: Site, theme: str, look: dict[str, Any], by: Member, at: datetime) -> Site:
    site.theme, site.look, site.changed_at = theme, look, at
    site.save(update_fields=["theme", "look", "changed_at"])
    record(LookChanged(site=site.pk, theme=theme, by=by.id, at=at))
    return site
