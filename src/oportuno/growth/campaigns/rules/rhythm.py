"""When a bulletin that makes itself is due next."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

WEEK, FORTNIGHT, MONTH = "week", "twoweeks", "month"


def next_due(after: datetime, *, rhythm: str, day: int, hour: int, zone: str) -> datetime:
    """The first time after a moment. `day` is one of the week, Monday is 0; a monthly one comes on the first such day of its month.

    Every second week counts from the year's beginning, so that no row has to remember whose turn it is.
    """
    local = after.astimezone(ZoneInfo(zone))
    moment = local.replace(hour=hour, minute=0, second=0, microsecond=0)
    while moment <= local or not _is_day(moment, rhythm, day):
        moment = (moment + timedelta(days=1)).replace(hour=hour)
    return moment.astimezone(after.tzinfo)


def _is_day(moment: datetime, rhythm: str, day: int) -> bool:
    if moment.weekday() != day:
        return False
    return moment.day <= 7 if rhythm == MONTH else rhythm != FORTNIGHT or moment.isocalendar().week % 2 == 1
