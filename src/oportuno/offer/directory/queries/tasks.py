"""What the directory asks somebody to do today."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oportuno.kernel.desk import Task
from oportuno.offer.directory.models import Certification, Seller, Standing, State
from oportuno.offer.directory.queries.plans import next_step
from oportuno.offer.directory.queries.queue import SOON, waiting_count
from oportuno.offer.directory.queries.sellers import seller_of
from oportuno.offer.directory.queries.verticals import said
from oportuno.offer.directory.queries.vetting import open_application
from oportuno.people.organisations.api import Kind, Member

LONG_PAST = timedelta(days=30)
"""A step of the plan whose day is longer past is still to be done, but its date says nothing any more."""


def tasks(member: Member, at: datetime) -> Iterator[Task]:
    """For the first screen, in at most four quick queries. Acts for the member's organisation, as the page does."""
    if member.organisation.is_operator:
        if member.may("vet sellers"):
            yield from _reviewing(member)
    elif member.organisation.kind == Kind.SELLER:
        yield from _selling(member, at)


def _reviewing(member: Member) -> Iterator[Task]:
    if waiting := waiting_count():
        words = ngettext("%(n)s application waits for you", "%(n)s applications wait for you", waiting) % {"n": waiting}
        yield Task(words, _to(member, "vetting"), "gavel", 10, why=_("A company is waiting to know whether it may sell."))


def _selling(member: Member, at: datetime) -> Iterator[Task]:
    seller = seller_of(member.organisation.pk)
    if member.may("apply to sell"):
        yield from _applying(member, seller, at)
    step = next_step(member.organisation.pk)
    if step:
        zone = ZoneInfo(member.organisation.time_zone)
        due = datetime.combine(step.due_on, time(23, 59), zone).astimezone(UTC) if step.due_on else None
        due = due if due and due > at - LONG_PAST else None
        yield Task(said(step.title), f"{_to(member, 'plan')}#{step.key}", "map-2", 40, due, said(step.why))


def _applying(member: Member, seller: Seller | None, at: datetime) -> Iterator[Task]:
    here = _to(member, "application")
    application = open_application(member.organisation.pk) if seller else None
    if application and application.state == State.CHANGES_ASKED:
        yield Task(_("Answer the market: it asked for changes"), here, "message", 5, why=_("Your application goes on as soon as you do."))
    elif application and application.state == State.DRAFT:
        yield Task(_("Finish your application"), here, "clipboard-check", 10, why=_("Buyers see you only once you are approved."))
    elif seller is None:
        yield Task(_("Apply to sell"), here, "clipboard-check", 10, why=_("Buyers see you only once you are approved."))
    elif seller.standing == Standing.EXPIRED and application is None:
        yield Task(_("Renew your evidence: buyers do not see you"), here, "refresh", 5, why=_("Something compulsory ran out."))
    elif application is None:
        ends = Certification.objects.filter(seller=seller, ended_at__isnull=True, expires_at__lte=at + SOON).order_by("expires_at").first()
        if ends:
            words = _("Renew “%(title)s” before it ends") % {"title": said(ends.title)}
            yield Task(words, here, "refresh", 20, ends.expires_at, _("Buyers look for it, and search shows it first."))


def _to(member: Member, page: str) -> str:
    return reverse(f"directory:{page}", kwargs={"organisation": member.organisation.slug})
