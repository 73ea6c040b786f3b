"""How often one person gets advertising, as an organisation decides for itself.

Ley 2300 of 2023 (art. 3) allows who collects debts one contact a day and one channel a week. Whether it asks that of advertising is
not settled; so it is a choice, off at first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Frequency:
    """0 is no limit. `one_channel`: nothing by mail in a week that had a text, and the other way round."""

    a_day: int = 0
    a_week: int = 0
    one_channel: bool = False

    def __bool__(self) -> bool:
        return bool(self.a_day or self.a_week or self.one_channel)


def week_of(at: datetime) -> datetime:
    """When the reader's week began, in the zone of `at`: on Monday at midnight."""
    today = at.replace(hour=0, minute=0, second=0, microsecond=0)
    return today - timedelta(days=today.weekday())


def next_chance(lately: Sequence[tuple[str, datetime]], channel: str, at: datetime, limits: Frequency) -> datetime:
    """This moment, or the first day that has room for one more. `lately` are (channel, moment) of this week, `at` in the reader's zone."""
    monday = week_of(at)
    today = at.replace(hour=0, minute=0, second=0, microsecond=0)
    week = [(one, moment) for one, moment in lately if moment >= monday]
    if limits.one_channel and any(one != channel for one, _ in week):
        return monday + timedelta(days=7)
    if limits.a_week and len(week) >= limits.a_week:
        return monday + timedelta(days=7)
    if limits.a_day and sum(moment >= today for _, moment in week) >= limits.a_day:
        return today + timedelta(days=1)
    return at
