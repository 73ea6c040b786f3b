"""What mailboxes put on the first screen of the workbench."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from oportuno.doors.integrations.inbox.sentences import sentence_of
from oportuno.doors.integrations.models import Mailbox
from oportuno.kernel.desk import Task
from oportuno.people.organisations.api import Member

MAY, RANK = "manage organisation", 40
FAILED = 5  # times in a row: some twenty minutes, so that a server that starts anew troubles nobody


def tasks(member: Member, at: datetime) -> Iterable[Task]:
    """A mailbox that cannot be read: bounces and answers lie there unseen. One query."""
    if not member.may(MAY):
        return
    for box in Mailbox.objects.filter(organisation_id=member.organisation.pk, failures__gte=FAILED).exclude(problem=""):
        yield Task(
            label=_("The mailbox %(user)s cannot be read") % {"user": box.user[:70]},
            href=reverse("integrations:mailbox", args=[member.organisation.slug]),
            icon="mail",
            rank=RANK,
            why=sentence_of(box.problem, box),
        )
