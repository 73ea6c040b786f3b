"""Filters: numbers, money and time in the reader's language and zone."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from oportuno.kernel import formats
from oportuno.kernel.clock import now
from oportuno.kernel.money import Money
from oportuno.kernel.routes import spoken

from . import register


def here() -> str:
    """The reader's locale, for Babel."""
    return formats.locale_of(get_language() or "")


def today() -> date:
    return timezone.localdate(now())


def as_money(amount: Any, currency: str = "") -> Money | None:
    """A Money; or whole minor units and their currency; None for nothing."""
    if isinstance(amount, Money) or amount is None or amount == "":
        return amount or None if amount == "" else amount
    return Money(int(amount), currency)


@register.filter
def money(amount: Any, currency: str = "") -> str:
    """`{{ offer.price|money }}` of a Money, or `{{ row.price_minor|money:row.price_currency }}`."""
    found = as_money(amount, currency)
    return "" if found is None else formats.money(found, here())


@register.filter
def number(value: Any, digits: int | None = None) -> str:
    return "" if value is None or value == "" else formats.number(value, here(), digits)


@register.filter
def short_number(value: Any) -> str:
    return "" if value is None or value == "" else formats.short_number(value, here())


@register.filter
def percent(fraction: Any, digits: int = 0) -> str:
    """`{{ 0.123|percent }}`: a fraction of one. Say beside it of what."""
    return "" if fraction is None or fraction == "" else formats.percent(fraction, here(), digits)


@register.filter
def file_size(count: Any) -> str:
    return "" if count is None or count == "" else formats.size(int(count), here())


@register.filter
def distance(metres: Any) -> str:
    return "" if metres is None or metres == "" else formats.distance(metres, here())


@register.filter
def day(when: Any) -> str:
    """`hoy`, `mañana`, `12 de marzo`: of a date, or of a moment in the reader's zone."""
    return "" if not when else formats.day(_local(when).date() if isinstance(when, datetime) else when, here(), today())


@register.filter
def long_day(when: Any) -> str:
    """`12 de marzo de 2026`, however near: of a date, or of a moment in the reader's zone."""
    return "" if not when else formats.long_day(_local(when).date() if isinstance(when, datetime) else when, here())


@register.filter
def weekday(number: Any) -> str:
    """`{{ 0|weekday }}`: `lunes`."""
    return "" if number is None or number == "" else formats.weekday(int(number), here())


@register.filter
def hour(when: datetime | None) -> str:
    return "" if not when else formats.hour(_local(when), here())


@register.filter
def exact(when: datetime | None) -> str:
    return "" if not when else formats.exact(_local(when), here())


@register.filter
def iso(when: datetime | None) -> str:
    """For programs, in the reader's zone: the `datetime` of a `<time>`. HTML takes no millionths of a second."""
    return "" if not when else _local(when).isoformat(timespec="seconds")


@register.filter
def ago(when: datetime | None) -> SafeString | str:
    """`hace 3 días` as a `<time>`, with the exact time on hover."""
    return "" if not when else _time(when, formats.ago(when, here(), now()))


@register.simple_tag
def when(moment: datetime | date | None, form: str = "ago") -> SafeString | str:
    """`{% when order.paid_at %}`, `{% when due "day" %}`, `{% when due "day_hour" %}`: a `<time>`, exact on hover."""
    if not moment:
        return ""
    if not isinstance(moment, datetime):
        return format_html('<time datetime="{}">{}</time>', moment.isoformat(), formats.day(moment, here(), today()))
    if form == "ago":
        return _time(moment, formats.ago(moment, here(), now()))
    words = day(moment) if form == "day" else f"{day(moment)}, {hour(moment)}"
    return _time(moment, words)


def _time(moment: datetime, words: str) -> SafeString:
    return format_html('<time datetime="{}" title="{}">{}</time>', moment.isoformat(timespec="seconds"), exact(moment), words)


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment)


@register.filter
def of(mapping: Any, key: Any) -> Any:
    """`{{ hints|of:value }}`: what a mapping holds under a key that is a variable; None where it holds nothing."""
    return mapping.get(key) if hasattr(mapping, "get") else None


@register.filter
def words(text: str) -> list[str]:
    """`{% for name in "brand accent"|words %}`."""
    return str(text).split()


register.filter("spoken", spoken)
