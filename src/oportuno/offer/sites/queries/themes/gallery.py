"""The gallery: ours first, then those of designers; what stands on its cards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import get_language

from oportuno.kernel.isolation import for_public
from oportuno.offer.sites.models import LookKept, Site, Theme, ThemeState, ThemeUse, ThemeVersion
from oportuno.offer.sites.queries.themes.shipped import shipped
from oportuno.offer.sites.queries.themes.trying import Trial
from oportuno.offer.sites.rules.themes.look import DARK
from oportuno.offer.sites.rules.themes.remarks import Remark

PAGE = 24


@dataclass(frozen=True)
class Card:
    """A theme as the gallery shows it. `key`: how a site names it; `theme`: the designer's, None for ours."""

    key: str
    name: str
    maker: str
    about: str
    licence: str
    number: str
    sample: str
    worn: bool
    has_dark: bool
    theme: Theme | None = None
    is_own: bool = False


@dataclass(frozen=True)
class Offered:
    """A newer version of the theme that a site wears."""

    key: str
    number: str
    news: str
    sample: str


def gallery(site: Site, *, after: int = 0, at: datetime) -> tuple[list[Card], bool]:
    """Cards of one page and whether there are more. Two queries for those of designers."""
    language = site.language
    with for_public():
        found = list(Theme.objects.filter(published=True).order_by("-installs", "pk")[after : after + PAGE + 1])
        dark = _with_dark(one.current_id for one in found[:PAGE] if one.current_id)
    shown = [_of_designer(one, site, language, at, dark) for one in found[:PAGE]]
    ours = [] if after else [_of_ours(name, site, language, at) for name in shipped()]
    own = [] if after else [_own(one, site, language, at) for one in _brought(site)]
    return [*ours, *own, *shown], len(found) > PAGE


def worn_version(site: Site) -> ThemeVersion | None:
    """The version of a designer's theme that the site wears."""
    if site.theme in shipped():
        return None
    with for_public():
        return ThemeVersion.objects.filter(pk=site.theme).defer("parts").first()


def newer_of(site: Site, *, at: datetime) -> Offered | None:
    """A newer approved version of what the site wears; it is offered, never put on by itself."""
    worn = worn_version(site)
    if worn is None or worn.state == ThemeState.OWN:
        return None
    with for_public():
        newest = Theme.objects.filter(pk=worn.theme_id, published=True).values_list("current_id", flat=True).first()
        if newest is None or newest == worn.pk:
            return None
        found = ThemeVersion.objects.filter(pk=newest, uploaded_at__gt=worn.uploaded_at).defer("parts").first()
    if found is None:
        return None
    return Offered(found.key, found.number, found.news, Trial(site.organisation_id, found.key, site.look, site.language).address(at=at))


def use_of(site: Site) -> ThemeUse | None:
    """What this organisation said of the designer's theme that it wears."""
    worn = worn_version(site)
    return ThemeUse.objects.filter(organisation_id=site.organisation_id, theme_id=worn.theme_id).first() if worn else None


def last_change(organisation: int) -> LookKept | None:
    """What the site wore before, and who changed it when."""
    return LookKept.objects.filter(organisation_id=organisation).order_by("-at", "-pk").first()


def said(about: Mapping[str, Any], language: str = "") -> str:
    """In the reader's language; else in the other."""
    spoken = "en" if (language or get_language() or "es").startswith("en") else "es"
    return str(about.get(spoken) or about.get("es") or about.get("en") or "")


def _sample(key: str, language: str, at: datetime) -> str:
    return Trial(0, key, {}, language).address(at=at, page="blog")


def _of_ours(name: str, site: Site, language: str, at: datetime) -> Card:
    one = shipped()[name]
    about = one.package.theme["settings"]["custom"]["oportuno"]["about"]
    return Card(
        key=name,
        name=one.header.name,
        maker=one.header.author,
        about=said(about),
        licence=one.header.licence,
        number=one.header.version,
        sample=_sample(name, language, at),
        worn=site.theme == name,
        has_dark=DARK in one.package.variations,
    )


def _of_designer(theme: Theme, site: Site, language: str, at: datetime, dark: set[UUID]) -> Card:
    key = str(theme.current_id)
    return Card(
        key=key,
        name=theme.name,
        maker=theme.maker,
        about=said(theme.about),
        licence=theme.licence,
        number=theme.current_number,
        sample=_sample(key, language, at),
        worn=site.theme == key,
        has_dark=theme.current_id in dark,
        theme=theme,
    )


def _own(version: ThemeVersion, site: Site, language: str, at: datetime) -> Card:
    header = version.header
    return Card(
        key=version.key,
        name=str(header.get("name", "")),
        maker=str(header.get("author", "")),
        about=str(header.get("description", "")),
        licence=str(header.get("licence", "")),
        number=version.number,
        sample=_sample(version.key, language, at),
        worn=site.theme == version.key,
        has_dark=DARK in version.parts.get("variations", {}),
        is_own=True,
    )


def _brought(site: Site) -> list[ThemeVersion]:
    """The newest of each theme that the organisation brought for itself."""
    own = ThemeVersion.objects.filter(Q(state=ThemeState.OWN), organisation_id=site.organisation_id)
    return list(own.order_by("theme_id", "-uploaded_at").distinct("theme_id")[:PAGE])


def _with_dark(versions: Iterable[UUID]) -> set[UUID]:
    """Those that have a variation for the dark."""
    return set(ThemeVersion.objects.filter(pk__in=list(versions), parts__variations__has_key=DARK).values_list("pk", flat=True))


def version_for(version: UUID, organisation: int) -> ThemeVersion | None:
    """A version that an organisation handed in or brought."""
    return ThemeVersion.objects.filter(pk=version, organisation_id=organisation).select_related("theme").first()


def remarks_of(key: str) -> list[Remark]:
    """What was left out of a version when it was brought; nothing is left out of ours."""
    if key in shipped():
        return []
    found = ThemeVersion.objects.filter(pk=key).values_list("remarks", flat=True).first() or []
    return [Remark(one["code"], one["where"], one.get("what", "")) for one in found]


def name_of(key: str) -> str:
    """Of a designer's theme, by its version."""
    with for_public():
        found = ThemeVersion.objects.filter(pk=key).values_list("parts__header__name", flat=True).first()
    return str(found or "")
