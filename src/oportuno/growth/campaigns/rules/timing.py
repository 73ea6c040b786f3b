"""When each reader's message is due. Moments are aware; hours are those of the reader's own zone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
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

    Time from `begin` is cut into slots; `used` says how many moments of each are taken, and is kept between batches. `allowed`
    answers the same moment, or the first one that is allowed. Whoever is asked for late does not push back who comes after him.
    """

    per_hour: int
    begin: datetime
    used: dict[int, int]
    allowed: Callable[[datetime], datetime]
    _beyond: dict[int, int] = field(default_factory=dict)  # of slots that were looked at: where one got to from there

    @property
    def step(self) -> timedelta:
        """Five minutes, or longer where fewer than one would go out in that time."""
        return SLOT if self.per_hour * SLOT >= timedelta(hours=1) else timedelta(seconds=ceil(3600 / self.per_hour))

    @property
    def room(self) -> int:
        return max(1, int(self.per_hour * self.step / timedelta(hours=1)))

    def next(self, wanted: datetime) -> datetime:
        """A moment that is not before `wanted`."""
        first = slot = self._slot_after(wanted)
        while (further := self._further(slot)) != slot:
            slot = further
        self._beyond[first] = slot
        self.used[slot] = self.used.get(slot, 0) + 1
        return self.begin + slot * self.step

    def left(self, at: datetime) -> dict[int, int]:
        """What is taken from `at` on."""
        return {slot: used for slot, used in self.used.items() if slot >= self._slot_after(at)}

    def _slot_after(self, moment: datetime) -> int:
        return max(0, -((self.begin - moment) // self.step))

    def _further(self, slot: int) -> int:
        """The same slot when it has room and is allowed, else one that may."""
        if self._beyond.get(slot, slot) != slot:
            return self._beyond[slot]
        if self.used.get(slot, 0) >= self.room:
            return slot + 1
        return self._slot_after(self.allowed(self.begin + slot * self.step))
