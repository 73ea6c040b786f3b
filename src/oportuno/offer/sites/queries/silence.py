"""Since when a blog has been silent."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import DurationField, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from oportuno.offer.sites.models import Entry, Site, State, Topic, TopicState


def last_post_at(organisation: int) -> datetime | None:
    """When the newest post that anybody may read was published."""
    posts = Entry.objects.filter(organisation_id=organisation, kind="post", published=True)
    return posts.order_by("-published_at", "-pk").values_list("published_at", flat=True).first()


def quiet_since(site: Site, at: datetime) -> datetime | None:
    """Since when nothing was published, if that is longer than the blog means to be silent and its team has not heard of it."""
    since = silent_since(site, at)
    told = site.silence_told_at
    return None if since is None or (told is not None and told > since) else since


def silent_since(site: Site, at: datetime) -> datetime | None:
    """The same, whether the team has heard of it or not. None for a site that is closed, or whose owner wants no reminder."""
    since = (last_post_at(site.organisation_id) or site.opened_at) if site.published and site.cadence_days else None
    return since if since and at - since > timedelta(days=site.cadence_days) else None


def silent_sites(at: datetime) -> QuerySet[Site]:
    """Sites whose teams are to be told. For the market; one query, the newest post of each by its index."""
    newest = Entry.objects.filter(organisation_id=OuterRef("organisation_id"), kind="post", published=True).order_by("-published_at", "-pk")
    day = Value(timedelta(days=1), output_field=DurationField())
    patience = ExpressionWrapper(F("cadence_days") * day, output_field=DurationField())
    sites = Site.objects.filter(published=True, cadence_days__gt=0)
    sites = sites.annotate(since=Coalesce(Subquery(newest.values("published_at")[:1]), F("opened_at")), patience=patience)
    silent = sites.filter(since__lt=Value(at) - F("patience"))
    return silent.filter(Q(silence_told_at__isnull=True) | Q(silence_told_at__lte=F("since"))).order_by("organisation_id")


def wanted_topics(organisation: int, most: int = 3) -> list[Topic]:
    """What readers would like to read, the most wanted first."""
    return list(Topic.objects.filter(organisation_id=organisation, state=TopicState.OPEN).order_by("-votes", "-pk")[:most])


def last_other_post_at(entry: Entry) -> datetime | None:
    """When the newest post besides this one was published, seen or not."""
    posts = Entry.objects.filter(organisation_id=entry.organisation_id, kind="post", state=State.PUBLISHED).exclude(pk=entry.pk)
    return posts.order_by("-published_at").values_list("published_at", flat=True).first()
