"""What audience puts on the first screen of the workbench."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from oportuno.kernel.desk import Task
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
