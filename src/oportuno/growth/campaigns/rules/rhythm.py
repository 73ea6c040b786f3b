"""When a bulletin that makes itself is due next."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

DAY, WEEK, FORTNIGHT, MONTH = "day", "week", "twoweeks", "month"
RHYTHMS = (DAY, WEEK, FORTNIGHT, MONTH)
LONGEST_SILENCE = timedelta(days=14)
"""An hour at which the law never lets anything out is not waited for: the messages wait for theirs."""


def next_due(
    after: datetime, *, rhythm: str, day: int, hour: int, zone: str, lets_out: Callable[[datetime], bool] = lambda moment: True
) -> datetime:
    """The first time after a moment. `day` is one of the week, Monday is 0; a monthly one comes on the first such day of its month.

    Every second week counts from the first of all weeks, so that no row has to remember whose turn it is, and no year that has one
    more than fifty-two makes two weeks follow each other. A daily one leaves out
    the days on which the law lets nothing out at that hour: else two would come on the day after.
    """
    local = after.astimezone(ZoneInfo(zone))
    moment = local.replace(hour=hour, minute=0, second=0, microsecond=0)
    while (
        moment <= local or not _is_day(moment, rhythm, day) or (rhythm == DAY and moment - local < LONGEST_SILENCE and not lets_out(moment))
    ):
        moment = (moment + timedelta(days=1)).replace(hour=hour)
    return moment.astimezone(after.tzinfo)


def _is_day(moment: datetime, rhythm: str, day: int) -> bool:
    if rhythm == DAY:
        return True
    if moment.weekday() != day:
        return False
    return moment.day <= 7 if rhythm == MONTH else rhythm != FORTNIGHT or (moment.toordinal() - 1) // 7 % 2 == 1
