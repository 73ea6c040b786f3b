"""What is kept of contacts here, for themselves: questions they asked all experts, and those they follow."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext as _

from oportuno.offer.experts.models import Listener
from oportuno.people.audience.api import Kept

MOST = 500


def kept_questions(contacts: Collection[UUID]) -> list[Kept]:
    """One query."""
    rows = Listener.objects.filter(contact_id__in=contacts).select_related("question").order_by("-at")[:MOST]
    return [
        Kept(
            contact=one.contact_id,
            kind=_("Question to the experts") if one.asked else _("Question that you follow"),
            title=one.question.title,
            words=(("", one.question.details),) if one.asked else (),
            at=one.at,
        )
        for one in rows
    ]
