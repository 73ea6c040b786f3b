"""Sending it now or later: looked at once more, then left to a worker."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from oportuno.growth.campaigns.actions.moving import move
from oportuno.growth.campaigns.facts import CampaignScheduled, CampaignUnscheduled
from oportuno.growth.campaigns.models import Campaign, State, Timing
from oportuno.growth.campaigns.queries.campaigns import locked, versions_of
from oportuno.growth.campaigns.queries.checks import what_blocks
from oportuno.growth.campaigns.rules.timing import FIRST_ZONE, in_his_zone
from oportuno.growth.campaigns.rules.winning import CLICKS, OPENS
from oportuno.kernel.audit import audit
from oportuno.kernel.errors import Refusal
from oportuno.kernel.facts import record
from oportuno.kernel.jobs import defer
from oportuno.people.organisations.api import Member, Organisation

FARTHEST = timedelta(days=366)
SHARES, HOURS = (5, 10, 20, 30, 40, 50), (1, 2, 4, 8, 24, 48)
WINDOWS = (1, 3, 7, 14, 30)
LEAST_AN_HOUR, MOST_AN_HOUR = 1, 1_000_000
USUAL_TEST = {"share": 20, "rule": OPENS, "hours": 4}
JOB = "campaigns.walk"


@transaction.atomic
def schedule(
    *,
    campaign: UUID,
    timing: str = Timing.NOW,
    when: datetime | None = None,
    per_hour: int | None = None,
    share: int = 20,
    rule: str = OPENS,
    hours: int = 4,
    counted_days: int | None = None,
    by: Member | None,
    at: datetime,
) -> Campaign:
    """Let it go out. `share` (percent), `rule` and `hours` declare how a winner is found, where there are several versions;
    `counted_days`, how long after a link what readers do is counted as its result.

    Raises Refusal with all that must be mended first, Conflict where it is on its way already. `by` None: a series made it.
    """
    found = locked(campaign)
    if found.state == State.DRAFT and (wrong := what_blocks(found)):
        raise Refusal(wrong[0] if len(wrong) == 1 else _("This must be mended before it is sent: %(all)s") % {"all": " ".join(wrong)})
    found.timing, found.when = _timing(timing), _moment(timing, when, at)
    found.per_hour = _pace(per_hour)
    found.test = _test(found, share, rule, hours)
    if counted_days is not None:
        found.counted_days = _window(counted_days)
    found.starts_at = _begins(found, at)
    move(found, State.SCHEDULED, at)
    found.save()
    record(CampaignScheduled(campaign=found.pk, channel=found.channel, timing=found.timing, by=by.id if by else None, at=at))
    audit("campaign scheduled", of=found, at=at, by=by.id if by else None, name=found.name, timing=found.timing)
    begin_walk(found, at)
    return found


@transaction.atomic
def unschedule(*, campaign: UUID, by: Member, at: datetime) -> Campaign:
    """A draft again, to be changed."""
    found = locked(campaign)
    move(found, State.DRAFT, at)
    found.starts_at = None
    found.save()
    record(CampaignUnscheduled(campaign=found.pk, by=by.id, at=at))
    return found


def begin_walk(campaign: Campaign, at: datetime) -> None:
    """Have a worker go on with it at its hour. One at a time works on a campaign."""
    moment = campaign.starts_at if campaign.starts_at and campaign.starts_at > at else None
    stamp = moment.isoformat() if moment else ""
    defer(JOB, campaign=str(campaign.pk), at=moment, once=f"campaign {campaign.pk} {stamp}", one_at_a_time=f"campaign {campaign.pk}")


def _timing(timing: str) -> str:
    if timing not in Timing.values:
        raise Refusal(_("Choose when it is sent."), field="timing")
    return timing


def _moment(timing: str, when: datetime | None, at: datetime) -> datetime | None:
    if timing in (Timing.NOW, Timing.BEST) and when is None:
        return None
    if when is None:
        raise Refusal(_("Choose a day and an hour."), field="when")
    if when < at - timedelta(minutes=5):
        raise Refusal(_("This hour is over. Choose a later one."), field="when")
    if when > at + FARTHEST:
        raise Refusal(_("Choose an hour within a year."), field="when")
    return None if timing == Timing.NOW else when


def _begins(campaign: Campaign, at: datetime) -> datetime:
    if campaign.when is None:
        return at
    if campaign.timing != Timing.ZONE:
        return max(at, campaign.when)
    home = Organisation.objects.get(pk=campaign.organisation_id).time_zone
    return max(at, in_his_zone(campaign.when, home, FIRST_ZONE).astimezone(at.tzinfo))


def _pace(per_hour: int | None) -> int | None:
    if per_hour is None or per_hour == 0:
        return None
    if not LEAST_AN_HOUR <= per_hour <= MOST_AN_HOUR:
        raise Refusal(_("Write how many messages an hour, between 1 and 1,000,000."), field="per_hour")
    return per_hour


def _window(days: int) -> int:
    if days not in WINDOWS:
        raise Refusal(_("Choose one of the numbers of days."), field="counted_days")
    return days


def _test(campaign: Campaign, share: int, rule: str, hours: int) -> dict[str, object]:
    if len(versions_of(campaign)) < 2:
        return {}
    if share not in SHARES or rule not in (OPENS, CLICKS) or hours not in HOURS:
        raise Refusal(_("Say on how many it is tried, what counts, and how long you wait."), field="share")
    return {"share": share, "rule": rule, "hours": hours}
