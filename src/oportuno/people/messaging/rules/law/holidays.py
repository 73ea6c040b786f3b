"""Days on which nobody is written to. Computed: the laws that name these days say how.

Colombia: Ley 51 of 1983 (most go to the following Monday). Mexico: Ley Federal del Trabajo, article 74. The well-kept
library of the world's holidays asks for an older dateutil than the one we have; two countries are few lines.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

Holidays = Callable[[int], frozenset[date]]
MONDAY = 0


def nobody(year: int) -> frozenset[date]:
    """No holidays."""
    return frozenset()


@lru_cache(maxsize=64)
def easter(year: int) -> date:
    """Of the western churches (the anonymous Gregorian computus)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=64)
def of_colombia(year: int) -> frozenset[date]:
    fixed = ((1, 1), (5, 1), (7, 20), (8, 7), (12, 8), (12, 25))
    moved = ((1, 6), (3, 19), (6, 29), (8, 15), (10, 12), (11, 1), (11, 11))
    sunday = easter(year)
    by_easter = {sunday - timedelta(3), sunday - timedelta(2)} | {sunday + timedelta(days) for days in (43, 64, 71)}
    return frozenset({date(year, *one) for one in fixed} | {_next_monday(date(year, *one)) for one in moved} | by_easter)


@lru_cache(maxsize=64)
def of_mexico(year: int) -> frozenset[date]:
    """Also the first of October of each sixth year, when the presidency changes hands."""
    fixed = {date(year, *one) for one in ((1, 1), (5, 1), (9, 16), (12, 25))}
    mondays = {_monday(year, 2, 1), _monday(year, 3, 3), _monday(year, 11, 3)}
    handover = {date(year, 10, 1)} if year >= 2024 and (year - 2024) % 6 == 0 else set()
    return frozenset(fixed | mondays | handover)


def _next_monday(day: date) -> date:
    return day + timedelta((MONDAY - day.weekday()) % 7)


def _monday(year: int, month: int, which: int) -> date:
    first = date(year, month, 1)
    return _next_monday(first) + timedelta(7 * (which - 1))
