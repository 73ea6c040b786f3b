"""Dates of milestones and of the plan, on the calendar of the organisation."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

SATURDAY = 5
LATEST_MILESTONE = 400  # days from the declaration: the yearly renewal and a month's grace


def day_in(zone: str, at: datetime) -> date:
    """The calendar day of an aware moment in a zone."""
    return at.astimezone(ZoneInfo(zone)).date()


def due(start: date, days: int) -> date:
    return start + timedelta(days=days)


def working_days_before(at: datetime, days: int) -> datetime:
    """The moment so many working days (Monday to Friday) before another: what a promise in working days counts back to."""
    left, moment = days, at
    while left > 0:
        moment -= timedelta(days=1)
        left -= moment.weekday() < SATURDAY
    return moment


def fits(wanted: date, *, declared: date) -> bool:
    """Whether a milestone may be promised for a day: not before today, nor beyond a year and a month."""
    return declared <= wanted <= declared + timedelta(days=LATEST_MILESTONE)
