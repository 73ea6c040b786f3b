"""When each reader's message is due. Moments are aware; hours are those of the reader's own zone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from math import ceil
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

NOW, AT, ZONE, BEST = "now", "at", "zone", "best"
USUAL_HOUR = 10  # when neither he nor the others have shown an hour of their own
LEAST_SEEN = 3
"""Opens and clicks of one person before they make an hour of his."""
FIRST_ZONE = ZoneInfo("Pacific/Kiritimati")
"""Where a day begins first: when an hour "in each reader's zone" comes there, the walk begins."""
SLOT = timedelta(minutes=5)


def zone_of(names: tuple[str, ...], otherwise: str) -> ZoneInfo:
    """The first zone that there is; a reader may be in several."""
    for name in (*names, otherwise):
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return ZoneInfo("UTC")


def in_his_zone(when: datetime, home: str, zone: ZoneInfo) -> datetime:
    """The same day and hour on the reader's own clock. `when` was meant in the zone `home`."""
    return when.astimezone(ZoneInfo(home)).replace(tzinfo=zone)


def at_his_hour(from_: datetime, hour: int, zone: ZoneInfo) -> datetime:
    """The next time it is that hour where he is, not before `from_`; at once when it is that hour there now."""
    local = from_.astimezone(zone)
    if local.hour == hour:
        return from_
    day = local.date() if local.hour < hour else local.date() + timedelta(days=1)
    return datetime.combine(day, time(hour), zone)


def best_hour(seen: Mapping[int, int], otherwise: int) -> int:
    """The hour in which he opened and clicked most; the earlier of equals."""
    return favourite(seen) if sum(seen.values()) >= LEAST_SEEN else otherwise


def favourite(seen: Mapping[int, int], otherwise: int = USUAL_HOUR) -> int:
    return min(seen, key=lambda hour: (-seen[hour], hour)) if seen else otherwise


def added(counts: Mapping[Any, Mapping[int, int]]) -> Counter[int]:
    """All people's hours together."""
    total: Counter[int] = Counter()
    for one in counts.values():
        total.update(one)
    return total


@dataclass
class Throttle:
    """Hands out moments, so many an hour and none when the law has its people rest.

    `moment` and `used` are kept between batches; `allowed` answers the same moment, or the first one that is allowed.
    """

    per_hour: int
    moment: datetime
    used: int
    allowed: Callable[[datetime], datetime]

    @property
    def step(self) -> timedelta:
        """Five minutes, or longer where fewer than one would go out in that time."""
        return SLOT if self.per_hour * SLOT >= timedelta(hours=1) else timedelta(seconds=ceil(3600 / self.per_hour))

    @property
    def room(self) -> int:
        return max(1, int(self.per_hour * self.step / timedelta(hours=1)))

    def next(self, wanted: datetime) -> datetime:
        """A moment that is not before `wanted`."""
        if wanted > self.moment:
            self.moment, self.used = wanted, 0
        self.moment = self.allowed(self.moment)
        if self.used >= self.room:
            self.moment, self.used = self.allowed(self.moment + self.step), 0
        self.used += 1
        return self.moment
