"""What media puts on the first screen of the workbench."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oportuno.kernel.desk import Task
from oportuno.offer.media.queries.library import COUNTED, soon_expired, without_description
from oportuno.people.organisations.api import Member

ENDING, TIDYING = 60, 150  # ranks: rights that end come before what only would be better
MANY = 5  # pictures without a description are worth a task


def tasks(member: Member, at: datetime) -> Iterable[Task]:
    """Rights that end soon or have ended, and pictures that nobody described. Two queries."""
    if not member.may("edit content"):
        return
    slug = member.organisation.slug
    today = at.astimezone(ZoneInfo(member.organisation.time_zone)).date()
    for one in soon_expired(today):
        over = one.expires_on is not None and one.expires_on < today
        yield Task(
            label=(_("The rights of “%s” have ended") if over else _("The rights of “%s” end soon")) % one.name[:70],
            href=reverse("library:item", args=[slug, one.pk]),
            icon="copyright",
            rank=ENDING,
            why=_("It is no longer shown to anybody.") if over else _("After its last day nobody sees it any more."),
        )
    if (count := without_description()) >= MANY:
        words = ngettext("%(n)s picture has no description", "%(n)s pictures have no description", count)
        yield Task(
            label=words % {"n": f"{COUNTED:n}+" if count > COUNTED else count},
            href=f"{reverse('library:library', args=[slug])}?state=no_description",
            icon="photo",
            rank=TIDYING,
            why=_("Who cannot see them does not know what they show; search engines neither."),
        )
