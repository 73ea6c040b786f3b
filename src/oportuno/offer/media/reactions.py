"""What media does by the clock, and later."""

from __future__ import annotations

from uuid import UUID

from oportuno.kernel.clock import now
from oportuno.kernel.jobs import Lease, every, job
from oportuno.offer.media.actions import clockwork, looking
from oportuno.offer.media.models import Find


@every("4 * * * *", "media.expire")
def expire(lease: Lease) -> None:
    """Hourly, because the day ends at another hour in each zone."""
    after, more = None, True
    while more:
        with lease.step():
            after = clockwork.expire_due(now(), after)
        more = after is not None


@every("40 3 * * *", "media.empty_bin")
def empty_bin(lease: Lease) -> None:
    after, more = None, True
    while more:
        with lease.step():
            after = clockwork.empty_bin(now(), after)
        more = after is not None
    swept = 1
    while swept:
        with lease.step():
            swept = clockwork.sweep_likenesses()


@every("20 2 * * *", "media.put_uses_right")
def put_uses_right(lease: Lease) -> None:
    """Before the bin is emptied: what is used stays."""
    with lease.step():
        clockwork.put_uses_right()


@every("* * * * *", "media.follow")
def follow(lease: Lease) -> None:
    """Every minute: what is new on channels that are due, then the pictures of it. News are on the page within five minutes."""
    while looking.look_at_due(lease, now):
        if lease.must_stop():
            return
    looking.begin_again(lease, now)
    looking.renew_leases(lease, now)
    while looking.look_at_finds(lease, now):
        if lease.must_stop():
            return


@job("media.begin_channel")
def begin_channel(lease: Lease, *, channel: str) -> None:
    """Somebody follows a channel: where is its feed, and what is there already?"""
    looking.begin(lease, channel=UUID(channel), at=now)


@job("media.look_behind")
def look_behind(lease: Lease, *, find: str) -> None:
    """Somebody brought a link: what is it?"""
    with lease.step():
        found = Find.objects.filter(pk=UUID(find), looked_at__isnull=True).first()
    if found:
        look = looking.look_behind(found)
        with lease.step():
            looking.note_look(find=found.pk, look=look, at=now())
