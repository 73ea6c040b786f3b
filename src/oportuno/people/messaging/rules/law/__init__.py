"""When the law of a country lets one write to people for business, as data.

Colombia: Ley 2300 of 2023, articles 3 and 4 (Monday to Friday 7–19, Saturday 8–15, never on Sundays or holidays, in the
reader's own place; messages, calls and mail alike) and its register of excluded numbers. Elsewhere no law names hours;
the quiet hours of texts there are our own courtesy and are written down as such.
The hours bind marketing. What somebody asked for (a code, an order's state) goes out at once.

Whether Ley 2300's frequency (one contact a day, one channel a week) binds advertising or only the collection of debts
is not settled: it stands as a setting, off by default.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import phonenumbers
from phonenumbers import timezone as phone_zones

from oportuno.people.messaging.rules.law.holidays import Holidays, nobody, of_colombia, of_mexico

EMAIL, SMS = "email", "sms"
Hours = tuple[time, time]
LONGEST_WAIT = timedelta(days=14)  # no country of ours is silent for longer
WEEKDAYS, SATURDAY, SUNDAY = range(5), 5, 6


@dataclass(frozen=True)
class Law:
    """`hours` by weekday (Monday is 0); a day that is missing has none. `register`: numbers may be excluded by the state.

    `is_law`: a statute says so; otherwise these are courtesies of ours. `source` names it for the operator.
    """

    country: str
    source: str
    is_law: bool
    hours: dict[int, Hours]
    channels: frozenset[str]
    zones: tuple[str, ...]
    holidays: Holidays = field(default=nobody)
    register: bool = False


EVERY_DAY: dict[int, Hours] = dict.fromkeys(range(7), (time(8), time(21)))
COLOMBIA = Law(
    "CO",
    "Ley 2300 de 2023",
    True,
    {**dict.fromkeys(WEEKDAYS, (time(7), time(19))), SATURDAY: (time(8), time(15))},
    frozenset({EMAIL, SMS}),
    ("America/Bogota",),
    of_colombia,
    register=True,
)
MEXICO = Law(
    "MX",
    "Ley Federal de Protección al Consumidor, art. 18 (REPEP)",
    False,
    {**dict.fromkeys(WEEKDAYS, (time(8), time(20))), SATURDAY: (time(9), time(15))},
    frozenset({SMS}),
    ("America/Mexico_City", "America/Cancun", "America/Tijuana", "America/Hermosillo", "America/Chihuahua"),
    of_mexico,
    register=True,
)
UNION = Law("EU", "Directive 2002/58/EC, art. 13", False, EVERY_DAY, frozenset({SMS}), ("Europe/Madrid",))
NEUTRAL = Law("", "", False, EVERY_DAY, frozenset({SMS}), ("UTC",))
MEMBERS_OF_THE_UNION = frozenset(
    (
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GR",
        "HR",
        "HU",
        "IE",
        "IT",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
    )
)


def law_of(country: str) -> Law:
    if country.upper() in MEMBERS_OF_THE_UNION:
        return UNION
    return {"CO": COLOMBIA, "MX": MEXICO}.get(country.upper(), NEUTRAL)


def country_of_phone(number: str) -> str:
    """Two letters, or nothing for what is no number of a country. `number` in E.164."""
    try:
        return phonenumbers.region_code_for_number(phonenumbers.parse(number)) or ""
    except phonenumbers.NumberParseException:
        return ""


def zones_of_phone(number: str) -> tuple[str, ...]:
    """Where its owner may be; a mobile number of a large country may be in several zones."""
    try:
        found = phone_zones.time_zones_for_number(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        return ()
    return tuple(one for one in found if one != phone_zones.UNKNOWN_TIMEZONE)[:12]


def is_allowed(at: datetime, law: Law, channel: str, zones: tuple[str, ...] = ()) -> bool:
    """Whether marketing may go out at this moment: in every zone its reader may be in."""
    if channel not in law.channels:
        return True
    return all(_is_open(at.astimezone(ZoneInfo(zone)), law) for zone in zones or law.zones)


def next_allowed(at: datetime, law: Law, channel: str, zones: tuple[str, ...] = ()) -> datetime | None:
    """This moment if it is allowed, else the first that is; None when there is none within two weeks.

    It can only be a moment at which some zone's hours begin.
    """
    if is_allowed(at, law, channel, zones):
        return at
    begins = sorted(moment for zone in zones or law.zones for moment in _beginnings(at, law, ZoneInfo(zone)))
    return next((moment for moment in begins if is_allowed(moment, law, channel, zones)), None)


def _is_open(local: datetime, law: Law) -> bool:
    hours = _hours_on(local.date(), law)
    return hours is not None and hours[0] <= local.time().replace(tzinfo=None) < hours[1]


def _hours_on(day: date, law: Law) -> Hours | None:
    return None if day in law.holidays(day.year) else law.hours.get(day.weekday())


def _beginnings(at: datetime, law: Law, zone: ZoneInfo) -> list[datetime]:
    first = at.astimezone(zone).date()
    days = [first + timedelta(n) for n in range(LONGEST_WAIT.days + 1)]
    starts = [datetime.combine(day, hours[0], zone) for day in days if (hours := _hours_on(day, law))]
    return [moment.astimezone(at.tzinfo) for moment in starts if moment > at]
