"""A dossier as a print."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from oportuno.kernel.prints import Facts, Heading, Item, List, Note, Piece, Print, Run, Runs, Table, Text, plain_runs
from oportuno.offer.guides.rules.dossier import Line, Reason, Section, Told, Value

LABEL, VALUES = 1.1, 1.0
MARKS = {True: "✓ ", False: "✗ ", None: ""}


def printed(told: Told, language: str) -> Print:
    """The whole: what it is, the reasons with their sources, the products, and every line with whose word it is."""
    return Print(
        title=told.title,
        pieces=tuple(_pieces(told)),
        language="en" if language == "en" else "es",
        on=date.fromisoformat(told.on),
        subtitle=told.words["subtitle"],
        above=told.market,
        foot=f"{told.market} · {told.day}",
        wide=len(told.things) > 2,
    )


def _pieces(told: Told) -> Iterator[Piece]:
    yield Facts(((told.words["made"], plain_runs(told.day)), (told.words["now"], (Run(told.whole, href=told.whole),))))
    if told.advice:
        yield Note(plain_runs(told.advice), told.words["advice"])
    if told.reasons:
        yield Heading(plain_runs(told.words["reasons"]))
        for reason in told.reasons:
            yield from _reason(reason)
    if told.things:
        yield Heading(plain_runs(told.words["things"]))
        yield List(tuple(Item((Run(one.title, ("strong",), one.address), *plain_runs(_of(one.seller, one.price)))) for one in told.things))
    for section in told.sections:
        yield Heading(plain_runs(section.title))
        if section.hint:
            yield Text(plain_runs(section.hint), small=True)
        yield _table(told, section)
    yield Note(plain_runs(told.words["key"]), told.words["whose"])


def _of(seller: str, price: str) -> str:
    return "".join(f" · {one}" for one in (seller, price) if one)


def _reason(reason: Reason) -> Iterator[Piece]:
    yield Heading(plain_runs(reason.answer), level=2)
    yield Text(plain_runs(reason.ask), small=True)
    for why in reason.why:
        yield Text(plain_runs(why))
    if reason.wants:
        yield List(tuple(Item(plain_runs(one)) for one in reason.wants))
    for title, address in reason.sources:
        yield Text((Run(title, ("em",), address),), small=True)


def _table(told: Told, section: Section) -> Table:
    head = ((), *(plain_runs(one.title) for one in told.things))
    rows = tuple((plain_runs(line.label), *_cells(line)) for line in section.lines)
    return Table((head, *rows), head_column=True, widths=(LABEL, *(VALUES for _one in told.things)))


def _cells(line: Line) -> tuple[Runs, ...]:
    return tuple(_cell(one) for one in line.values)


def _cell(value: Value) -> Runs:
    if not value.words:
        return plain_runs("–")
    words = Run(MARKS[value.met] + value.words, ("strong",) if value.vouched else ())
    return (words, Run(f"\n{value.note}", ("em",))) if value.note else (words,)
