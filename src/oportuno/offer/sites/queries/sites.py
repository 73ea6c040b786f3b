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


def shown_site(slug: str) -> tuple[Site, Organisation]:
    """The site that anybody may see of the organisation called so. Acts for the public. Raises NotFound."""
    organisation = Organisation.objects.filter(slug=slug, closed_at__isnull=True).first()
    site = organisation and Site.objects.filter(organisation_id=organisation.pk, published=True).first()
    if not organisation or not site:
        raise NotFound
    return site, organisation


def main_domain(organisation: int) -> str:
    """The host name under which it is best known, "" for the market's."""
    found = Domain.objects.filter(organisation_id=organisation, published=True).order_by("-main", "proved_at").first()
    return found.name if found else ""
