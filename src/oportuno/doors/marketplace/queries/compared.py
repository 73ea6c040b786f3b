"""Lines of a comparison: each value with whose word it is, of which day, and what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from oportuno.doors.marketplace.queries.subjects import Subject, covered
from oportuno.kernel import formats
from oportuno.kernel.money import Money
from oportuno.offer.catalogue import api as catalogue
from oportuno.offer.directory import api as directory
from oportuno.offer.guides import api as guides

State = Literal["apart", "same", "criterion"]
APART: State = "apart"
SAME: State = "same"
CRITERION: State = "criterion"


@dataclass(frozen=True)
class Cell:
    """`vouched`: the market verified it, at `at`, by `evidence`, until `until` (None: it does not end). Else a seller said it at `at`.

    `met`: whether it is what a guide asked for; None where nobody said, or nobody asked.
    """

    words: str
    at: datetime | None = None
    vouched: bool = False
    by: str = ""
    evidence: str = ""
    until: datetime | None = None
    met: bool | None = None


@dataclass(frozen=True)
class Row:
    """`wanted` is what a guide asked for; `best` a column's number."""

    label: str
    cells: Sequence[Cell]
    state: State
    best: int | None = None
    wanted: str = ""
    why: Sequence[str] = ()
    sources: Sequence[guides.Source] = ()


def criteria_rows(walked: guides.Walk, criteria: Sequence[guides.Criterion], subjects: Sequence[Subject], market: str) -> list[Row]:
    """One for each answer that asks something, in the guide's order: who meets it, and by whose word. `market`: its name."""
    told = {one.question: one for one in criteria}
    rows = []
    for step in walked.asks:
        criterion = told[step.question.key]
        wanted = "; ".join(f"{label}: {words}" for label, words in criterion.wants)
        cells = [_met(step, one, market) for one in subjects]
        rows.append(
            Row(f"{criterion.ask} {criterion.answer}", cells, CRITERION, wanted=wanted, why=criterion.why, sources=criterion.sources)
        )
    return rows


def market_rows(subjects: Sequence[Subject], market: str) -> list[Row]:
    """What the market vouches for of any of them."""
    marks = {mark.key: mark for one in subjects for mark in one.seller.certifications}
    rows = []
    for key, mark in marks.items():
        cells = [_vouched(one.mark(key), market) for one in subjects]
        rows.append(Row(mark.title, cells, SAME if all(cell.vouched for cell in cells) else APART))
    return rows


def said_rows(found: catalogue.Comparison, subjects: Sequence[Subject], market: str) -> list[Row]:
    """What their sellers say: price and terms first, then what the things are; with the market's word where its evidence shows it."""
    marks = covered()
    rows = [_prices(subjects), _stock(subjects), _sellers(subjects), *_terms(subjects)]
    for line in found.lines:
        mark = marks.get(line.key, "")
        cells = [_of_line(line.values[one.place], one, one.mark(mark) if mark else None, market) for one in subjects]
        if any(cell.words for cell in cells):
            rows.append(_row(line.label, cells))
    return rows


def _met(step: guides.Step, one: Subject, market: str) -> Cell:
    met = guides.all_met(step.conditions, one.known)
    words = {True: _("Yes"), False: _("No"), None: _("Its seller does not say")}[met]
    keys = {condition.key for condition in step.conditions if condition.kind == "certification"}
    keys |= {covered().get(condition.key, "") for condition in step.conditions if condition.kind == "attribute"} - {""}
    any_mark = any(condition.kind == "certified" for condition in step.conditions)
    mark = next((mark for mark in one.seller.certifications if any_mark or mark.key in keys), None) if met else None
    if mark:
        return _with(mark, words, market, met=met)
    return Cell(words, one.at if met is not None and not keys else None, met=met)


def _vouched(mark: directory.CertificationMark | None, market: str) -> Cell:
    return _with(mark, _("Verified"), market) if mark else Cell("")


def _with(mark: directory.CertificationMark, words: str, market: str, *, met: bool | None = None) -> Cell:
    return Cell(words, mark.granted_at, True, market, mark.evidence_name, mark.expires_at, met)


def _of_line(words: str, one: Subject, mark: directory.CertificationMark | None, market: str) -> Cell:
    if not words:
        return Cell("")
    return _with(mark, words, market) if mark else Cell(words, one.at)


def _row(label: str, cells: Sequence[Cell], best: int | None = None) -> Row:
    same = len({(cell.words, cell.vouched) for cell in cells}) == 1
    return Row(label, cells, SAME if same else APART, best)


def _prices(subjects: Sequence[Subject]) -> Row:
    locale = formats.locale_of(get_language() or "")
    prices = [one.card.price for one in subjects]
    words = [formats.money(price, locale) if price else _("Price on request") for price in prices]
    return _row(_("Price"), [Cell(said, _said_at(one)) for said, one in zip(words, subjects, strict=True)], _cheapest(prices))


def _cheapest(prices: Sequence[Money | None]) -> int | None:
    """Which is cheapest; nobody, when some have no price, or another currency."""
    known = [one for one in prices if one is not None]
    if len(known) < 2 or len(known) < len(prices) or len({one.currency for one in known}) > 1:
        return None
    least = min(known)
    return prices.index(least) if known.count(least) == 1 else None


def _stock(subjects: Sequence[Subject]) -> Row:
    return _row(_("Stock"), [Cell(_("In stock now") if one.card.in_stock else _("Sold out for now"), _said_at(one)) for one in subjects])


def _sellers(subjects: Sequence[Subject]) -> Row:
    return _row(_("Sold by"), [Cell(one.seller.name) for one in subjects])


def _terms(subjects: Sequence[Subject]) -> list[Row]:
    """Delivery, the least one may order, where, and how soon one is answered; where nobody says anything, no line."""
    rows = [
        _row(_("Delivery"), [Cell(_days(one.terms.lead_days if one.terms else None), _said_at(one)) for one in subjects]),
        _row(
            _("At least"), [Cell(str(one.terms.minimum) if one.terms and one.terms.minimum > 1 else "", _said_at(one)) for one in subjects]
        ),
        _row(_("Where"), [Cell(", ".join(part for part in (one.seller.city, one.seller.region) if part)) for one in subjects]),
        _row(_("Promises an answer"), [Cell(_hours(one.seller.answer_hours)) for one in subjects]),
    ]
    return [row for row in rows if any(cell.words for cell in row.cells)]


def _said_at(one: Subject) -> datetime:
    return one.terms.at if one.terms else one.at


def _days(days: int | None) -> str:
    if days is None:
        return ""
    return _("The same day") if days == 0 else ngettext("In %(n)s day", "In %(n)s days", days) % {"n": days}


def _hours(hours: int | None) -> str:
    return ngettext("Within %(n)s working hour", "Within %(n)s working hours", hours) % {"n": hours} if hours else ""
