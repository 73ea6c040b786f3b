"""Whole addresses of what stands in a site, for mails and programs."""

from __future__ import annotations

from django.conf import settings

from oportuno.offer.sites.queries.sites import main_domain
from oportuno.people.organisations.api import Organisation


def whole_address(organisation: Organisation, path: str) -> str:
    """Of a path of entries, on the site's own domain where it has one."""
    domain = main_domain(organisation.pk)
    return f"https://{domain}/{path}/" if domain else f"{settings.ORIGIN}/v/{organisation.slug}/{path}/"
