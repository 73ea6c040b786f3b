"""Addresses of what stands in a site, for mails, programs and the workbench."""

from __future__ import annotations

from oportuno.offer.sites.queries.sites import main_domain, where
from oportuno.people.organisations.api import Organisation


def whole_address(organisation: Organisation, path: str) -> str:
    """Of a path of entries, where the site is best known."""
    return where(organisation.slug, main_domain(organisation.pk)).absolute(path)


def link_to(organisation: Organisation, path: str) -> str:
    """The same for a page of the market: whole where the site is on a host of its own."""
    return where(organisation.slug, main_domain(organisation.pk)).link(path)
