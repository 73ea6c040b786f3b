"""Which site."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from oportuno.kernel.errors import NotFound
from oportuno.kernel.isolation import for_public
from oportuno.offer.sites.models import Domain, Site
from oportuno.offer.sites.rules.domains import is_label
from oportuno.offer.sites.rules.paths import HOME
from oportuno.people.organisations.api import Organisation


def own_site(organisation: int) -> Site:
    """Raises NotFound before it is founded."""
    found = Site.objects.filter(organisation_id=organisation).first()
    if found is None:
        raise NotFound(_("This organisation has no site yet."))
    return found


def site_of(organisation: int) -> Site | None:
    return Site.objects.filter(organisation_id=organisation).first()


@dataclass(frozen=True)
class Where:
    """Where a site begins: `origin` ("https://…") is a host, `base` "/v/<slug>/" in the market, "/" on a host of its own."""

    origin: str
    base: str

    @property
    def whole(self) -> str:
        return f"{self.origin}{self.base}"

    @property
    def is_own_host(self) -> bool:
        return self.base == "/"

    @property
    def home(self) -> str:
        return self.base if self.is_own_host else f"{self.base}{HOME}/"

    def to(self, path: str) -> str:
        """Address of a path of entries, or of a page of ours ("blog/categoria/rosas")."""
        return self.home if not path else f"{self.base}{path}" if "." in path.rsplit("/", 1)[-1] else f"{self.base}{path}/"

    def absolute(self, path: str) -> str:
        return f"{self.origin}{self.to(path)}"

    def link(self, path: str) -> str:
        """As pages of the market link it: whole where it is on a host of its own."""
        return self.absolute(path) if self.is_own_host else self.to(path)


def where(slug: str, domain: str = "") -> Where:
    """The best address of an organisation's site: its main domain, else below the host of sites, else in the market."""
    if domain:
        return Where(f"https://{domain}", "/")
    if settings.SITES_HOST and is_label(slug):
        ours = urlsplit(settings.ORIGIN)
        return Where(f"{ours.scheme}://{slug}.{settings.SITES_HOST}{f':{ours.port}' if ours.port else ''}", "/")
    return Where(settings.ORIGIN, f"/v/{slug}/")


@dataclass(frozen=True)
class Place(Where):
    """A site at one of its addresses.

    `market` is the whole address of its page in the market. `sheets`: where its style sheet lies, if not at its base (a look that is
    only tried on).
    """

    site: Site
    organisation: Organisation
    market: str
    sheets: str = ""


SHOWN = """
SELECT s.*, o.id AS owner_id, o.slug AS owner_slug, o.name AS owner_name, o.kind AS owner_kind, o.country AS owner_country,
    o.time_zone AS owner_time_zone, o.currency AS owner_currency, o.created_at AS owner_created_at,
    coalesce((SELECT d.name FROM site_domain d WHERE d.organisation_id = s.organisation_id AND d.published
        ORDER BY d.main DESC, d.proved_at LIMIT 1), '') AS domain
FROM site s JOIN organisation o ON o.id = s.organisation_id WHERE o.slug = %s AND o.closed_at IS NULL AND s.published
"""
"""Written out: every page of every site asks this, and putting the statement together would take longer than answering it."""
OWNER = ("id", "slug", "name", "kind", "country", "time_zone", "currency", "created_at")


def shown_site(slug: str) -> tuple[Site, Organisation]:
    """The site that anybody may see of the organisation called so; `site.domain` is its main host name, "" for none.

    One query. Acts for the public. Raises NotFound.
    """
    for site in Site.objects.raw(SHOWN, [slug]):
        return site, Organisation(**{name: getattr(site, f"owner_{name}") for name in OWNER})
    raise NotFound


def main_domain(organisation: int) -> str:
    """The host name under which it is best known, "" for the market's."""
    return main_domains([organisation]).get(organisation, "")


def main_domains(organisations: Collection[int]) -> dict[int, str]:
    """Of these that have one; one query."""
    found = Domain.objects.filter(organisation_id__in=organisations, published=True).order_by("main", "-proved_at")
    return dict(found.values_list("organisation_id", "name"))  # the last of each is its main one


def own_origin(organisation: Organisation) -> str:
    """The host of its own on which its site answers now ("https://…"), "" where it has none. Any role may ask."""
    with for_public():
        try:
            site, _owner = shown_site(organisation.slug)
        except NotFound:
            return ""
    at = where(organisation.slug, getattr(site, "domain", ""))
    return at.origin if at.is_own_host else ""
