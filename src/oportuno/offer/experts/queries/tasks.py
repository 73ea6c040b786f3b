"""What experts put on the first screen of the workbench."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oportuno.kernel.desk import Task
from oportuno.offer.experts.models import Answer, AnswerState, Expert, ExpertState
from oportuno.offer.experts.queries import desk
from oportuno.offer.experts.queries.reviewing import counts
from oportuno.people.organisations.api import Kind, Member

REVIEW, RETURNED, QUESTIONS, SOURCES = 42, 38, 55, 65
"""Ranks: who wrote waits, and who asked waits longer than a source that is gone."""
SHOWN = 2


def tasks(member: Member, at: datetime) -> Iterable[Task]:
    """For the market: what waits for a decision. For sellers: what was given back. For both: what their experts are asked, and sources gone."""
    if member.organisation.is_operator:
        yield from _of_market(member)
    elif member.organisation.kind == Kind.SELLER and member.may("write content"):
        yield from _returned(member)
    if member.organisation.kind in (Kind.SELLER, Kind.OPERATOR) and member.may("write content"):
        yield from _asked(member, at)
        yield from _gone(member)


def _of_market(member: Member) -> Iterable[Task]:
    if not member.may("run market"):
        return
    here, waiting = member.organisation.slug, counts()
    if n := waiting["questions"]:
        label = ngettext("Decide on %(n)s question to the experts", "Decide on %(n)s questions to the experts", n) % {"n": n}
        yield Task(label, reverse("experts:questions", args=[here]), "help-circle", REVIEW, why=_("Whoever asked waits to see it."))
    if n := waiting["answers"] + waiting["experts"] + waiting["points"]:
        label = ngettext("Review %(n)s thing that experts handed in", "Review %(n)s things that experts handed in", n) % {"n": n}
        yield Task(label, reverse("experts:reviews", args=[here]), "user-check", REVIEW, why=_("Answers, pages and sources of sellers."))


def _returned(member: Member) -> Iterable[Task]:
    here, organisation = member.organisation.slug, member.organisation.pk
    back = Answer.objects.filter(organisation_id=organisation, state=AnswerState.RETURNED).select_related("expert")
    for one in back.defer("draft", "document").order_by("changed_at")[:SHOWN]:
        label = _("Mend the answer of %(name)s") % {"name": one.expert.name}
        yield Task(label, reverse("experts:answer", args=[here, one.pk]), "pencil", RETURNED, why=one.note)
    for expert in Expert.objects.filter(organisation_id=organisation, state=ExpertState.RETURNED).order_by("changed_at")[:SHOWN]:
        label = _("Mend the page of %(name)s") % {"name": expert.name}
        yield Task(label, reverse("experts:own_expert", args=[here, expert.pk]), "user", RETURNED, why=expert.note)


def _asked(member: Member, at: datetime) -> Iterable[Task]:
    if n := desk.unanswered_for(member.organisation.pk, at):
        label = ngettext("Answer %(n)s public question of your field", "Answer %(n)s public questions of your field", n) % {"n": n}
        yield Task(
            label, reverse("experts:open_questions", args=[member.organisation.slug]), "help-circle", QUESTIONS,
            why=_("Nobody has answered yet: the first good answer is read the longest."),
        )  # fmt: skip


def _gone(member: Member) -> Iterable[Task]:
    for one in desk.gone_sources(member.organisation.pk)[:SHOWN]:
        label = _("Mend the source of “%(title)s”") % {"title": one.title[:60]}
        here = reverse("experts:own_expert", args=[member.organisation.slug, one.expert_id])
        yield Task(label, here, "link", SOURCES, why=_("Its address does not answer any more."))
