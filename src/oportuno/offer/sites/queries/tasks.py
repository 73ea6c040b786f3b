"""What sites put on the first screen of the workbench."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oportuno.kernel.desk import Task
from oportuno.offer.sites.models import Entry, Revision, State, Topic, TopicState
from oportuno.offer.sites.queries.comments import waiting_count
from oportuno.offer.sites.queries.silence import silent_since
from oportuno.offer.sites.queries.sites import site_of
from oportuno.people.organisations.api import Member

BEGIN, REVIEW, COMMENTS, TOPICS, SILENCE = 30, 35, 40, 70, 60  # ranks: who wrote waits; the rest can be tomorrow
SHOWN = 3


def tasks(member: Member, at: datetime) -> Iterable[Task]:
    """A site to begin, pieces to read or to mend, comments and topics to decide, a blog that has fallen silent; six quick queries."""
    here, organisation = member.organisation.slug, member.organisation.pk
    yield from _pieces(member)
    site = site_of(organisation)
    if not member.may("publish content"):
        return
    if site is None:
        why = _("A place of your own in a minute: people come to know you before they buy.")
        yield Task(_("Make your site and your blog"), reverse("sites:founding", args=[here]), "world", BEGIN, why=why)
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


def _pieces(member: Member) -> Iterable[Task]:
    """What an editor reads next, and what was given back to its writer."""
    here, organisation = member.organisation.slug, member.organisation.pk
    if member.may("publish content"):
        for one in Entry.objects.filter(organisation_id=organisation, state=State.REVIEW).order_by("changed_at").only("title")[:SHOWN]:
            label = _("Read and publish: “%s”") % one.title[:70]
            yield Task(label, _written(here, one), "checklist", REVIEW, why=_("Its writer waits for your word."))
    elif member.may("write content"):
        returned = Revision.objects.filter(
            organisation_id=organisation, entry__created_by_id=member.id, entry__state=State.DRAFT, number=F("entry__last")
        ).exclude(note="")
        for revision in returned.select_related("entry").defer("document", "entry__document").order_by("-at")[:SHOWN]:
            label = _("Go on writing: “%s”") % revision.entry.title[:70]
            yield Task(label, _written(here, revision.entry), "pencil", REVIEW, why=revision.note)


def _written(here: str, entry: Entry) -> str:
    return reverse("sites:entry", args=[here, entry.pk])
