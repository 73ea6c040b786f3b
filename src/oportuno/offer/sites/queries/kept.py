"""What sites keep of contacts, for themselves: what they answered in forms, said below posts, and wait for."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext as _

from oportuno.offer.sites.models import CommentSender, FormAnswer, TopicAsker
from oportuno.offer.sites.queries.forms import all_questions, teller
from oportuno.people.audience.api import Kept

MOST = 500


def kept_answers(contacts: Collection[UUID]) -> list[Kept]:
    """Forms that these contacts answered; one query."""
    tell, kind = teller(), _("Form")
    rows = FormAnswer.objects.filter(contact_id__in=contacts).select_related("form").order_by("-at")[:MOST]
    return [
        Kept(
            contact=row.contact_id, kind=kind, title=row.form.title, at=row.at,
            words=tuple((one.label, tell(one, row.values[one.key])) for one in all_questions(row.form) if one.key in row.values),
        )
        for row in rows if row.contact_id
    ]  # fmt: skip


def kept_words(contacts: Collection[UUID]) -> list[Kept]:
    """Comments of these contacts, and topics that they asked for; two queries."""
    said = CommentSender.objects.filter(contact_id__in=contacts).select_related("comment__entry").order_by("-comment__at")[:MOST]
    asked = TopicAsker.objects.filter(contact_id__in=contacts).select_related("topic").order_by("-at")[:MOST]
    comments = [
        Kept(one.contact_id, _("Comment"), one.comment.entry.title, (("", one.comment.text),), one.comment.at)
        for one in said
        if one.contact_id
    ]
    return comments + [Kept(one.contact_id, _("Topic asked for"), one.topic.title, (("", one.topic.details),), one.at) for one in asked]
