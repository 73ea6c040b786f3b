"""Which site."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from oportuno.kernel.errors import NotFound
from oportuno.offer.sites.models import Domain, Site
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
class Place:
    """A site at one of its addresses: `base` is "/v/<slug>/" in the market, "/" on a domain of its own.

    `origin` ("https://…") is of this host, `market` the whole address of its page in the market. `sheets`: where its style sheet lies,
    if not at its base (a look that is only tried on).
    """

    site: Site
    organisation: Organisation
    base: str
    origin: str
    market: str
    sheets: str = ""

    @property
    def is_own_domain(self) -> bool:
        return self.base == "/"

    @property
    def home(self) -> str:
        return self.base if self.is_own_domain else f"{self.base}sitio/"

    def to(self, path: str) -> str:
        """Address of a path of entries, or of a page of ours ("blog/categoria/rosas")."""
        return self.home if not path else f"{self.base}{path}" if "." in path.rsplit("/", 1)[-1] else f"{self.base}{path}/"

    def absolute(self, path: str) -> str:
        return f"{self.origin}{self.to(path)}"


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
    found = Domain.objects.filter(organisation_id=organisation, published=True).order_by("-main", "proved_at").first()
    return found.name if found else ""
