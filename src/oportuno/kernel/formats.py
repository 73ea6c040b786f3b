"""Numbers, money and time as people of each place write them. Pure: value and locale in, text out.

`locale` is Babel's ("es_CO", "es_MX", "en_US"); `locale_of("es-co")` makes it from a language of ours.
Times are aware; those that show a wall clock take the zone they are shown in already applied.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_datetime, format_time, format_timedelta, get_day_names, get_timezone_location
from babel.numbers import format_compact_decimal, format_decimal, format_percent

from oportuno.kernel.money import Money, exponent

Number = int | float | Decimal

LOCALES = {"es-co": "es_CO", "es-mx": "es_MX", "es": "es_CO", "en": "en_US"}
SIGNS = {**dict.fromkeys(("COP", "MXN", "USD", "ARS", "CLP", "CAD"), "$"), "EUR": "€", "GBP": "£", "PEN": "S/", "BRL": "R$"}
SPACED = {"es_CO"}  # Colombia writes "$ 18.500", Mexico and English "$18,500"
NBSP = "\u00a0"
NEAR_DAYS = {"es": {-1: "ayer", 0: "hoy", 1: "mañana"}, "en": {-1: "yesterday", 0: "today", 1: "tomorrow"}}
WORDS = {
    "es": {"now": "hace un momento", "soon": "en un momento", "last": "el {} pasado", "next": "el {}"},
    "en": {"now": "just now", "soon": "in a moment", "last": "last {}", "next": "{}"},
}
MOMENT = timedelta(seconds=45)  # nobody cares for seconds
WEEK = 7


def locale_of(language: str) -> str:
    """Babel's locale for a language of ours; Colombia's Spanish for one we do not know."""
    return LOCALES.get(language.lower(), LOCALES.get(language.lower().split("-")[0], "es_CO"))


@lru_cache(maxsize=16)
def _locale(name: str) -> Locale:
    return Locale.parse(name)


@lru_cache(maxsize=16)
def _marks(locale: str) -> dict[int, str]:
    """What stands in a place's numbers for "," and "." of Python's."""
    marks = _locale(locale).number_symbols["latn"]
    return {ord(","): marks["group"], ord("."): marks["decimal"], ord("-"): marks["minusSign"]}


def _separated(digits: str, locale: str) -> str:
    """Babel reads a pattern anew for each number; a page of results has a hundred."""
    return digits.translate(_marks(locale))


def _tongue(locale: str) -> str:
    return "en" if locale.startswith("en") else "es"


def money(amount: Money, locale: str, *, code: bool = True) -> str:
    """`$ 18.500 COP`, `$1,250.00 MXN`: always with its currency, for "$" is anybody's."""
    sign = SIGNS.get(amount.currency, "")
    space = NBSP if sign and locale in SPACED else ""
    minus = "-" if amount.minor < 0 else ""
    bare = f"{minus}{sign}{space}{bare_amount(amount, locale)}"
    return f"{bare}{NBSP}{amount.currency}" if code or not sign else bare


def bare_amount(amount: Money, locale: str) -> str:
    """The digits alone, without sign: pesos of Colombia show no cents where there are none."""
    places = exponent(amount.currency)
    if amount.currency == "COP" and amount.minor % 100 == 0:
        places = 0
    return _separated(f"{abs(amount.decimal):,.{places}f}", locale)


def number(value: Number, locale: str, digits: int | None = None) -> str:
    """`12.345,6`; `digits` fixes the decimals, else at most three are shown."""
    if type(value) is int and not digits:
        return _separated(f"{value:,}", locale)
    if digits is None:
        return str(format_decimal(value, locale=_locale(locale)))
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return str(format_decimal(_rounded(value, digits), format=pattern, locale=_locale(locale)))


def short_number(value: Number, locale: str) -> str:
    """`1,2 mil`, `3 M` (es), `1.2K` (en): for tiles and axes; give the whole number on hover."""
    exactly = Decimal(str(value))
    if abs(exactly) < 1_000:
        return number(value, locale)
    if locale.startswith("es"):  # CLDR says "12 k", which nobody here says
        weight, word = (1_000_000, "M") if abs(exactly) >= 1_000_000 else (1_000, "mil")
        rounded = _rounded(exactly / weight, 1)
        return f"{number(rounded, locale)}{NBSP}{word}"
    return str(format_compact_decimal(value, locale=_locale(locale), fraction_digits=1))


def percent(fraction: Number, locale: str, digits: int = 0) -> str:
    """0.123 is `12 %` or `12%`; a percentage is of something: say of what beside it."""
    pattern = _locale(locale).percent_formats[None].pattern
    if digits:
        pattern = pattern.replace("#,##0", "#,##0." + "0" * digits)
    return str(format_percent(fraction, format=pattern, locale=_locale(locale)))


def size(count: int, locale: str) -> str:
    """Bytes as files are weighed: `850 kB`, `2,4 MB` (thousands, as shops and phones say)."""
    for unit, weight in (("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000)):
        if count >= weight:
            return f"{number(Decimal(count) / weight, locale, 1 if count < 10 * weight else 0)}{NBSP}{unit}"
    return f"{number(count, locale)}{NBSP}B"


def distance(metres: Number, locale: str) -> str:
    """`850 m`, `3,4 km`, `120 km`: no finer than anybody walks or drives."""
    if metres < 995:
        return f"{number(round(metres / 10) * 10 if metres >= 100 else round(metres), locale)}{NBSP}m"
    kilometres = Decimal(str(metres)) / 1000
    return f"{number(kilometres, locale, 1 if kilometres < 10 else 0)}{NBSP}km"


def day(when: date, locale: str, today: date) -> str:
    """`hoy`, `mañana`, `el jueves`, `12 de marzo`, and the year when it is another."""
    return _day(when, locale, today)


@lru_cache(maxsize=4096)
def _day(when: date, locale: str, today: date) -> str:
    away = (when - today).days
    if near := NEAR_DAYS[_tongue(locale)].get(away):
        return near
    if abs(away) < WEEK:
        return WORDS[_tongue(locale)]["next" if away > 0 else "last"].format(format_date(when, "EEEE", locale=_locale(locale)))
    skeleton = {"es": "d 'de' MMMM", "en": "MMMM d"}[_tongue(locale)]
    if when.year != today.year:
        skeleton += " 'de' y" if not locale.startswith("en") else ", y"
    return str(format_date(when, skeleton, locale=_locale(locale)))


def weekday(number: int, locale: str) -> str:
    """`lunes` is 0."""
    return str(get_day_names("wide", locale=_locale(locale))[number])


def short_day(when: date, locale: str) -> str:
    """`12 mar`: for axes and narrow columns."""
    return str(format_date(when, "MMM d" if locale.startswith("en") else "d MMM", locale=_locale(locale)))


def long_day(when: date, locale: str) -> str:
    """`12 de marzo de 2026`: for what stays as it is."""
    return str(format_date(when, "long", locale=_locale(locale)))


def hour(when: datetime, locale: str) -> str:
    """`3:04 p. m.` on the wall clock of `when`'s own zone."""
    return str(format_time(when, "short", tzinfo=when.tzinfo, locale=_locale(locale)))


def exact(when: datetime, locale: str) -> str:
    """The whole truth for a hover: `jueves, 12 de marzo de 2026, 3:04 p. m.`, in `when`'s own zone."""
    return _exact(when.replace(tzinfo=None), locale)


@lru_cache(maxsize=4096)
def _exact(wall: datetime, locale: str) -> str:
    """A list says the same moments to everybody; the clock on the wall has no zone, so no moment can pass for another."""
    pattern = "EEEE, MMMM d, y, h:mm a" if locale.startswith("en") else "EEEE, d 'de' MMMM 'de' y, h:mm a"
    return str(format_datetime(wall, pattern, locale=_locale(locale)))


def ago(when: datetime, locale: str, now: datetime) -> str:
    """`hace 3 días`, `en 2 horas`, `hace un momento`."""
    away, words = when - now, WORDS[_tongue(locale)]
    if abs(away) < MOMENT:
        return words["soon" if away > timedelta(0) else "now"]
    return str(format_timedelta(away, add_direction=True, threshold=1, locale=_locale(locale)))


def span(length: timedelta, locale: str) -> str:
    """`4 horas`, `3 días`: how long something took or may take."""
    return str(format_timedelta(length, threshold=1, locale=_locale(locale)))


def _rounded(value: Number, digits: int) -> Decimal:
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_EVEN)


def country(code: str, locale: str) -> str:
    """What people call a country of two letters; the letters where nobody knows them."""
    return str(_locale(locale).territories.get(code.upper(), code))


def zone(name: str, locale: str) -> str:
    """The wall clock of a place as people call it: `America/Bogota` → Bogotá; its town, for a country has several."""
    return str(get_timezone_location(name, locale=locale, return_city=True))
