"""What was published in any site, for pages that gather. All act for the public."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.db.models import QuerySet

from oportuno.kernel.content import read, render_text
from oportuno.kernel.errors import NotFound
from oportuno.kernel.statements import Statement
from oportuno.offer.sites.models import Entry, Site
from oportuno.offer.sites.queries.sites import Where, main_domains, shown_site, where
from oportuno.offer.sites.rules.paths import HOME
from oportuno.people.organisations.api import Organisation


@dataclass(frozen=True)
class Gathered:
    """An entry and whose it is, and where its site is best known."""

    entry: Entry
    owner: Organisation
    site: Site
    where: Where

    @property
    def language(self) -> str:
        return self.site.language

    @property
    def address(self) -> str:
        """As pages of the market link it."""
        return self.where.link(self._path)

    @property
    def in_market(self) -> str:
        """A path that leads there wherever the site is known tomorrow: for what is kept."""
        return f"/v/{self.owner.slug}/{self._path or HOME}/"

    @property
    def _path(self) -> str:
        return "" if self.entry.pk == self.site.home_id else self.entry.path

    @property
    def text(self) -> str:
        """All it says, plain."""
        return render_text(read(self.entry.document), language=self.language)


def newest_posts(*, limit: int) -> list[Gathered]:
    """Of all sites; four queries, without their documents."""
    return _with_owners(list(_posts()[:limit]))


def voice_of(slug: str, *, limit: int) -> tuple[str, list[Gathered]]:
    """Where an organisation's own site is, and its newest posts; "" and none without a site that is shown. Two queries."""
    try:
        site, owner = shown_site(slug)
    except NotFound:
        return "", []
    at = where(slug, getattr(site, "domain", ""))
    return at.link(""), [Gathered(one, owner, site, at) for one in _own(limit).all(own=owner.pk)]


def posts_of_authors(authors: Iterable[UUID], *, limit: int) -> list[Gathered]:
    """The newest of these authors, without their documents; four queries."""
    found = Entry.objects.filter(published=True, kind="post", author__in=list(authors), author__published=True).defer("document")
    return _with_owners(list(found.select_related("picture").order_by("-published_at", "-pk")[:limit]))


def shown_entries(ids: Iterable[UUID], *, whole: bool = False) -> list[Gathered]:
    """Those of these that are shown now; `whole` with their documents."""
    found = Entry.objects.filter(published=True, pk__in=list(ids)).select_related("picture")
    return _with_owners(list(found if whole else found.defer("document")))


def maps_in_the_market(*, limit: int) -> list[str]:
    """Paths of the maps of those sites that have no host of their own, which no robots.txt names; three queries."""
    shown = Site.objects.filter(published=True).order_by("organisation_id").values_list("organisation_id", flat=True)[:limit]
    owners = Organisation.objects.filter(pk__in=list(shown), closed_at__isnull=True).order_by("pk")
    domains = main_domains([one.pk for one in owners])
    places = (where(one.slug, domains.get(one.pk, "")) for one in owners)
    return [place.to("sitemap.xml") for place in places if not place.is_own_host]


def owners_of(ids: Iterable[UUID]) -> set[int]:
    """The organisations whose these are, shown or not. Acts for the market."""
    return set(Entry.objects.filter(pk__in=list(ids)).values_list("organisation_id", flat=True))


def ids_of_site(organisation: int) -> list[UUID]:
    """All its pages and posts, shown or not. Acts for the market."""
    return list(Entry.objects.filter(organisation_id=organisation).values_list("pk", flat=True))


def _posts() -> QuerySet[Entry]:
    return Entry.objects.filter(published=True, kind="post").defer("document").select_related("picture").order_by("-published_at", "-pk")


@lru_cache(maxsize=8)
def _own(limit: int) -> Statement[Entry]:
    return Statement(lambda own: _posts().filter(organisation_id=own)[:limit])


def _with_owners(entries: list[Entry]) -> list[Gathered]:
    wanted = {one.organisation_id for one in entries}
    owners = {one.pk: one for one in Organisation.objects.filter(pk__in=wanted, closed_at__isnull=True)}
    sites = {one.organisation_id: one for one in Site.objects.filter(organisation_id__in=wanted, published=True)}
    domains = main_domains(wanted)
    places = {pk: where(one.slug, domains.get(pk, "")) for pk, one in owners.items()}
    return [
        Gathered(one, owners[one.organisation_id], sites[one.organisation_id], places[one.organisation_id])
        for one in entries
        if one.organisation_id in owners and one.organisation_id in sites
    ]
