"""Is it open now? Opening hours in the wall clock of a place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

Hours = Mapping[str, Sequence[Sequence[str]]]
"""{"0": [["08:00", "12:00"], ["14:00", "18:00"]], …}; 0 is Monday; a day that is missing is closed."""

Exceptions = Sequence[Mapping[str, Any]]
"""[{"on": "2026-12-25", "hours": [], "why": "Navidad"}]: that day, instead of its weekday."""

AHEAD = 8  # days looked ahead for the next opening: a week and the day itself
MOST_SPANS = 4  # a day of more than four openings is a typing error
WHOLE_DAY = ("00:00", "00:00")
TIME = re.compile(r"([01]?\d|2[0-3])[:.h]?([0-5]\d)?")
SPAN = re.compile(r"\s*(\d{1,2}(?:[:.h]\d{2})?)\s*(?:-|–|—|a|to)\s*(\d{1,2}(?:[:.h]\d{2})?)\s*")

ZONES = (
    "America/Bogota",
    "America/Mexico_City",
    "America/Cancun",
    "America/Chihuahua",
    "America/Hermosillo",
    "America/Mazatlan",
    "America/Tijuana",
    "America/Guayaquil",
    "Pacific/Galapagos",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
)
"""Wall clocks of the countries of our packs."""


class WrongHours(ValueError):
    """`text` is not a day's hours; `problem` is format, overlap or many."""

    def __init__(self, text: str, problem: str) -> None:
        super().__init__(f"{text}: {problem}")
        self.text, self.problem = text, problem


@dataclass(frozen=True)
class OpenNow:
    """Whether it is open, and when that changes (aware, in the place's zone); None: not within a week."""

    is_open: bool
    changes_at: datetime | None


def open_now(hours: Hours, exceptions: Exceptions, zone: str, at: datetime) -> OpenNow:
    """`at` is aware, any zone. Open from the first minute of a span up to, not including, its last."""
    place = ZoneInfo(zone)
    spans = _merged(_spans(hours, exceptions, place, at.astimezone(place).date()))
    for start, end in spans:
        if start <= at < end:
            whole_week = end - start > timedelta(days=AHEAD - 1)
            return OpenNow(True, None if whole_week else end.astimezone(place))
        if at < start:
            return OpenNow(False, start.astimezone(place))
    return OpenNow(False, None)


def day_hours(hours: Hours, exceptions: Exceptions, day: date) -> Sequence[Sequence[str]]:
    """The spans that begin on a day."""
    for exception in exceptions:
        if exception["on"] == day.isoformat():
            return exception["hours"]  # type: ignore[no-any-return]
    return hours.get(str(day.weekday()), ())


def parse_day(text: str) -> list[list[str]]:
    """What somebody typed for a day: `8:00-12:00, 14-18`, `24 h`, or nothing for closed. Raises WrongHours."""
    bare = text.strip().lower()
    if bare in ("", "-", "cerrado", "closed"):
        return []
    if bare.replace(" ", "") in ("24h", "24horas", "24hours"):
        return [list(WHOLE_DAY)]
    spans = [_parse_span(part, text) for part in re.split(r"[,;/]| y | and ", bare)]
    if len(spans) > MOST_SPANS:
        raise WrongHours(text, "many")
    ordered = sorted(spans)
    if any(_ends_after(one, other[0]) for one, other in pairwise(ordered)):
        raise WrongHours(text, "overlap")
    return ordered


def written(spans: Sequence[Sequence[str]]) -> str:
    """As `parse_day` reads it, and people too."""
    if [tuple(span) for span in spans] == [WHOLE_DAY]:
        return "24 h"
    return ", ".join(f"{start}–{end}" for start, end in spans)


def _parse_span(part: str, text: str) -> list[str]:
    found = SPAN.fullmatch(part)
    if not found:
        raise WrongHours(text, "format")
    return [_clock(found[1], text), _clock(found[2], text)]


def _clock(word: str, text: str) -> str:
    found = TIME.fullmatch("0:00" if word in ("24", "24:00") else word)
    if not found:
        raise WrongHours(text, "format")
    return f"{int(found[1]):02d}:{found[2] or '00'}"


def _ends_after(span: Sequence[str], start: str) -> bool:
    return span[1] <= span[0] or span[1] > start


def _spans(hours: Hours, exceptions: Exceptions, place: ZoneInfo, today: date) -> Iterator[tuple[datetime, datetime]]:
    """In UTC: datetimes of one zone compare by the wall clock, which repeats an hour when summer time ends."""
    for away in range(-1, AHEAD):
        day = today + timedelta(days=away)
        for start, end in day_hours(hours, exceptions, day):
            ends_on = day if end > start else day + timedelta(days=1)
            yield (
                datetime.combine(day, time.fromisoformat(start), place).astimezone(UTC),
                datetime.combine(ends_on, time.fromisoformat(end), place).astimezone(UTC),
            )


def _merged(spans: Iterator[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    merged: list[tuple[datetime, datetime]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged
