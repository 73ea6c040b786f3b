"""What a dossier tells: a comparison in words, as it is at this moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from oportuno.doors.marketplace.queries import comparing
from oportuno.doors.marketplace.queries.addresses import absolute
from oportuno.doors.marketplace.queries.compared import Cell, Row
from oportuno.doors.marketplace.queries.subjects import Subject
from oportuno.kernel import formats
from oportuno.offer.guides import api as guides
from oportuno.people.organisations.api import market_operator


def told(shown: comparing.Shown, at: datetime) -> guides.Told:
    """All that the page says, with sources and dates, for paper."""
    market = market_operator()
    day = at.astimezone(ZoneInfo(market.time_zone)).date()
    led = shown.led
    return guides.Told(
        title=led.guide.title if led else _("Comparison"),
        market=market.name,
        whole=absolute(comparing.address(shown.names, led)),
        on=day.isoformat(),
        day=formats.long_day(day, _locale()),
        advice=led.guide.content.advice.in_(get_language() or "es") if led else "",
        reasons=tuple(_reason(one) for one in led.criteria) if led else (),
        things=tuple(_thing(one) for one in shown.subjects),
        sections=tuple(guides.Section(title=one.title, hint=one.hint, lines=tuple(_line(row) for row in one.rows)) for one in shown.groups),
        words=_words(),
    )


def _words() -> dict[str, str]:
    return {
        "subtitle": _("What was compared, and whose word it is"),
        "made": _("Made on"),
        "now": _("As it is now"),
        "advice": _("Before you decide"),
        "reasons": _("What you were looking for, and why"),
        "things": _("What is compared"),
        "whose": _("Whose word it is"),
        "key": _(
            "What is set in bold was verified by the market, with the evidence and the days beside it. All else is what sellers say, "
            "on the day beside it. Prices and stock change: the address above shows them as they are now."
        ),
    }


def _reason(one: guides.Criterion) -> guides.Reason:
    wants = tuple(f"{label}: {words}" for label, words in one.wants)
    sources = tuple((source.title, source.address) for source in one.sources)
    return guides.Reason(ask=one.ask, answer=one.answer, why=tuple(one.why), wants=wants, sources=sources)


def _thing(one: Subject) -> guides.Thing:
    address = absolute(reverse("market:product", args=[one.card.slug]))
    price = formats.money(one.card.price, _locale()) if one.card.price else ""
    return guides.Thing(title=one.card.title, seller=one.seller.name, address=address, price=price)


def _line(row: Row) -> guides.Line:
    label = f"{row.label} ({row.wanted})" if row.wanted else row.label
    return guides.Line(label=label, values=tuple(_value(cell) for cell in row.cells))


def _value(cell: Cell) -> guides.Value:
    return guides.Value(words=cell.words, note=_note(cell), vouched=cell.vouched, met=cell.met)


def _note(cell: Cell) -> str:
    if cell.at is None:
        return ""
    if not cell.vouched:
        return _("its seller, %(day)s") % {"day": _day(cell.at)}
    parts: Sequence[str] = [cell.by, cell.evidence, _day(cell.at)]
    end = [_("until %(day)s") % {"day": _day(cell.until)}] if cell.until else []
    return ", ".join([*parts, *end])


def _day(at: datetime) -> str:
    return formats.short_day(at.date(), _locale())


def _locale() -> str:
    return formats.locale_of(get_language() or "")
