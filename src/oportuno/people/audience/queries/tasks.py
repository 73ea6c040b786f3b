"""What audience puts on the first screen of the workbench."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oportuno.kernel.desk import Task
from oportuno.people.audience.queries.promises import count_waiting_too_long
from oportuno.people.audience.queries.questions import open_questions
from oportuno.people.organisations.api import Member

LATE, WAITING = 10, 30  # ranks: a promise about to break comes before almost everything
SHOWN = 3


def questions_to_answer(member: Member, at: datetime) -> Iterable[Task]:
    """The most urgent questions, by when their answers were promised."""
    if not member.may("answer"):
        return
    for one in open_questions(member)[:SHOWN]:
        yield Task(
            label=_("Answer: “%s”") % one.text[:70],
            href=reverse("audience:question", args=[member.organisation.slug, one.pk]),
            icon="message-question",
            rank=LATE if one.is_late(at) else WAITING,
            due=one.due_at,
            why=_("%s asked, and an answer was promised.") % one.contact,
        )


def promises_broken(member: Member, at: datetime) -> Iterable[Task]:
    """For the operator: sellers let people wait longer than they had promised."""
    if not (member.organisation.is_operator and member.may("see market")):
        return
    if waiting := count_waiting_too_long(at):
        words = ngettext(
            "%(n)s question waits longer than its seller promised", "%(n)s questions wait longer than their sellers promised", waiting
        )
        yield Task(
            label=words % {"n": waiting},
            href=reverse("audience:promises", args=[member.organisation.slug]),
            icon="clock",
            rank=WAITING,
            why=_("Whoever waits in vain does not come back to the market."),
        )
