"""What sites put on the first screen of the workbench."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oportuno.kernel.desk import Task
from oportuno.offer.sites.models import Topic, TopicState
from oportuno.offer.sites.queries.comments import waiting_count
from oportuno.offer.sites.queries.silence import silent_since
from oportuno.offer.sites.queries.sites import site_of
from oportuno.people.organisations.api import Member

COMMENTS, TOPICS, SILENCE = 40, 70, 60  # ranks: who wrote waits; the rest can be tomorrow


def tasks(member: Member, at: datetime) -> Iterable[Task]:
    """Comments and topics to decide, and a blog that has fallen silent; four quick queries."""
    here, organisation = member.organisation.slug, member.organisation.pk
    site = site_of(organisation)
    if site is None or not member.may("publish content"):
        return
    if count := waiting_count():
        label = ngettext("Decide on %(count)s comment", "Decide on %(count)s comments", count) % {"count": count}
        yield Task(label, reverse("sites:comments", args=[here]), "messages", COMMENTS, why=_("Whoever commented waits to see it."))
    if count := Topic.objects.filter(organisation_id=organisation, state=TopicState.WAITING).count():
        label = ngettext("Look at %(count)s topic a reader asked for", "Look at %(count)s topics readers asked for", count) % {
            "count": count
        }
        yield Task(
            label, reverse("sites:topics", args=[here]) + "?state=waiting", "bulb", TOPICS, why=_("Readers tell you what to write next.")
        )
    if since := silent_since(site, at):
        days = (at - since).days
        label = ngettext(
            "Write a post: the blog has been silent for %(days)s day", "Write a post: the blog has been silent for %(days)s days", days
        )
        yield Task(
            label % {"days": days},
            reverse("sites:posts", args=[here]),
            "pencil",
            SILENCE,
            why=_("Readers forget a blog that falls silent."),
        )
