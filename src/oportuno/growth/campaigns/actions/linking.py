"""Asking each address of a campaign whether it leads anywhere."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.urls import Resolver404, resolve

from oportuno.growth.campaigns.models import Campaign
from oportuno.growth.campaigns.queries.campaigns import campaign_for
from oportuno.growth.campaigns.queries.checks import addresses_in
from oportuno.growth.campaigns.queries.own import own
from oportuno.kernel.errors import NotFound
from oportuno.kernel.jobs import Lease, defer
from oportuno.kernel.web import NotPublic, NotReachable, fetch

MOST, SECONDS, BYTES = 60, 6.0, 2 * 2**20
JOB = "campaigns.ask_links"


def ask_links(campaign: Campaign) -> None:
    """Have a worker ask them."""
    defer(JOB, campaign=str(campaign.pk), once=f"links {campaign.pk}")


def answer_links(lease: Lease, campaign: UUID, *, at: datetime) -> int:
    """Ask them one after the other, outside of any transaction; how many answered as they should."""
    with lease.step():
        try:
            links = addresses_in(campaign_for(campaign))[:MOST]
        except NotFound:
            return 0
    answers = {link: status_of(link) for link in links}
    with lease.step():
        own(Campaign).filter(pk=campaign).update(links=answers, links_at=at)
    return sum(1 for status in answers.values() if 0 < status < 400)


def status_of(link: str) -> int:
    """What the address answers; 0 when nobody could be asked. Our own pages are only looked up: the market does not ask itself."""
    parts = urlsplit(link)
    if f"{parts.scheme}://{parts.netloc}" == settings.ORIGIN:
        return 200 if _is_ours(parts.path or "/") else 404
    try:
        return fetch(link, seconds=SECONDS, limit=BYTES).status
    except NotReachable as error:
        return 0 if error.data.get("again", True) else 200  # it answered, only at more length than we read
    except NotPublic:
        return 0


def _is_ours(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True
