"""What is seen of a site, kept beside each row, so that the database alone can tell."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from oportuno.kernel.facts import record
from oportuno.offer.sites.actions.commenting import follow_comments
from oportuno.offer.sites.facts import SiteClosed, SiteOpened
from oportuno.offer.sites.models import SHOWN_TOPICS, Author, Entry, Form, FormState, Redirect, Site, State, Term, Topic

HOLD = "SELECT pg_advisory_xact_lock_shared(hashtext('site'), %s)"
TAKE = "SELECT pg_advisory_xact_lock(hashtext('site'), %s)"


def hold_site(organisation: int) -> None:
    """Until this transaction ends, the site stays as open as one reads it from now on. Before reading and writing what is shown."""
    with connection.cursor() as cursor:
        cursor.execute(HOLD, [organisation])


def is_shown(organisation: int) -> bool:
    """Whether what is published in this site is seen; holds it so."""
    hold_site(organisation)
    return Site.objects.filter(organisation_id=organisation, published=True).exists()


def allow_site(*, organisation: int, allowed: bool, at: datetime) -> None:
    """The market lets a site be shown, or no longer. Part of a larger action, which acts for that organisation. Without a site: nothing."""
    _take(organisation)
    site = Site.objects.filter(organisation_id=organisation).first()
    if site and site.allowed != allowed:
        site.allowed = allowed
        show(site, at=at)


def show(site: Site, *, at: datetime) -> None:
    """Keep a site whose `allowed` or `opened_at` changed, and let all that is seen with it follow."""
    _take(site.organisation_id)
    was, site.published = site.published, site.allowed and site.opened_at is not None
    site.save(update_fields=["allowed", "opened_at", "published"])
    if was == site.published:
        return
    own = {"organisation_id": site.organisation_id}
    Entry.objects.filter(**own, state=State.PUBLISHED).update(published=site.published)
    for model in (Author, Term, Redirect):
        model.objects.filter(**own).update(published=site.published)
    Topic.objects.filter(**own, state__in=SHOWN_TOPICS).update(published=site.published)
    Form.objects.filter(**own, state=FormState.OPEN).update(published=site.published)
    follow_comments(site.organisation_id)
    record(SiteOpened(site=site.pk, at=at) if site.published else SiteClosed(site=site.pk, at=at))


def _take(organisation: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [organisation])
