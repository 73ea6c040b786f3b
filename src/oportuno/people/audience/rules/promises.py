"""When an answer is due: a number of working hours after the question, in the seller's own hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONGEST_WAIT = 60  # days looked ahead; a seller open one hour a week still answers within it


@dataclass(frozen=True)
class Hours:
    """Open on `weekdays` (Monday is 0) from `opens` to `closes` of `zone`; answers within so many of those hours."""

    weekdays: frozenset[int]
    opens: time
    closes: time
    within_hours: int
    zone: str


def due_at(asked: datetime, hours: Hours) -> datetime:
    """The promised moment, in UTC. `asked` is aware; time outside the opening hours does not count."""
    return _after(asked, hours, timedelta(hours=hours.within_hours))


def reminder_at(asked: datetime, hours: Hours) -> datetime:
    """When three quarters of the promised hours have gone, in UTC: while somebody is at work, and can still keep it."""
    return _after(asked, hours, timedelta(hours=hours.within_hours) * 3 / 4)


def _after(asked: datetime, hours: Hours, left: timedelta) -> datetime:
    zone = ZoneInfo(hours.zone)
    day = asked.astimezone(zone).date()
    for _ in range(LONGEST_WAIT):
        if day.weekday() in hours.weekdays:
            opens, closes = _moment(day.isoformat(), hours.opens, zone), _moment(day.isoformat(), hours.closes, zone)
            begin = max(opens, asked.astimezone(UTC))
            if begin < closes:
                if left <= closes - begin:
                    return begin + left
                left -= closes - begin
        day += timedelta(days=1)
    return asked.astimezone(UTC) + timedelta(days=LONGEST_WAIT)


def _moment(day: str, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(datetime.fromisoformat(day).date(), at, zone).astimezone(UTC)
