"""Every night: do the sources of what is shown still answer?"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from oportuno.kernel.errors import Refusal
from oportuno.kernel.facts import record
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.jobs import Lease
from oportuno.kernel.web import NotReachable, fetch
from oportuno.offer.experts.facts import SourceBack, SourceGone
from oportuno.offer.experts.models import Point, PointState

AT_ONCE = 8
SET = 100
SECONDS, BYTES = 8.0, 4 * 2**20
NIGHTS = 3
"""So many nights in a row without an answer before it is marked: servers are mended within two."""
AGAIN = timedelta(hours=20)
THERE = frozenset({401, 403, 405, 406, 429, 451})
"""It answers, though not to a program: the page is there."""

Look = Callable[[str], bool]


def look_at_sources(lease: Lease, at: Callable[[], datetime], look: Look | None = None) -> int:
    """Look at a set of those that were not looked at today; how many. No transaction waits for any of them."""
    began = at()
    with lease.step():
        due = Point.objects.filter(state=PointState.APPROVED, published=True).exclude(address="")
        rows = list(
            due.exclude(looked_at__gt=began - AGAIN).order_by("looked_at", "pk").values_list("pk", "organisation_id", "address")[:SET]
        )
    addresses = sorted({address for _point, _organisation, address in rows})
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = dict(zip(addresses, pool.map(look or answers_still, addresses), strict=True))
    for point, organisation, address in rows:
        with lease.step(), for_organisation(organisation):
            if found := Point.objects.select_for_update().filter(pk=point, address=address, state=PointState.APPROVED).first():
                note_look(found, answers=answers[address], at=at())
    return len(rows)


def answers_still(address: str) -> bool:
    """Whether there is anything at this address: what is too big to be read, or leads in circles, is there."""
    try:
        status = fetch(address, seconds=SECONDS, limit=BYTES).status
    except NotReachable as refusal:
        return refusal.data.get("again") is False
    except Refusal:  # no public address
        return False
    return status < 400 or status in THERE


def note_look(point: Point, *, answers: bool, at: datetime) -> None:
    """Part of a larger action, which acts for the seller."""
    point.looked_at = at
    if answers:
        if point.gone_at:
            record(SourceBack(point=point.pk, at=at))
        point.missed, point.gone_at = 0, None
    else:
        point.missed = min(point.missed + 1, 1000)
        if point.missed >= NIGHTS and point.gone_at is None:
            point.gone_at = at
            record(SourceGone(point=point.pk, at=at))
    point.save(update_fields=["looked_at", "missed", "gone_at"])
