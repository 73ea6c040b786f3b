"""A file of any kind as contacts, one after another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

from oportuno.kernel.tables import Row, Table, Unreadable, open_table
from oportuno.people.audience.rules import addresses
from oportuno.people.audience.rules.bringing.cards import from_card
from oportuno.people.audience.rules.bringing.columns import guessed, plain, program_of
from oportuno.people.audience.rules.bringing.rows import by_content, from_row
from oportuno.people.audience.rules.bringing.shapes import OUT, Brought, Setting
from oportuno.people.audience.rules.bringing.vcard import Cards, is_vcard
from oportuno.people.audience.rules.own_fields import OwnField

LOOKED_AT = 50
LEAVING = frozenset({"unsub time", "clean time"})  # headings of a list of people who left, as Mailchimp writes it


@dataclass
class Source:
    """An open file. `header` and `mapping` are empty for vCards. `examples` are the first cells of each column."""

    program: str
    encoding: str
    header: tuple[str, ...]
    mapping: dict[str, str]
    examples: dict[str, list[str]]
    contacts: Callable[[Setting], Iterator[Brought]]
    taken: Callable[[], int]
    unpacked: Callable[[], int]
    close: Callable[[], None] = field(default=lambda: None)


def open_source(path: Path, mapping: Mapping[str, str] | None = None, declared: Sequence[OwnField] = ()) -> Source:
    """Recognise it by its content. A column called like a `declared` field is that field. `mapping` corrects the guess, column by column. Raises Unreadable."""
    if is_vcard(path):
        cards = Cards(path)
        return Source(
            "vcard",
            cards.encoding,
            (),
            {},
            {},
            lambda setting: (from_card(card, setting) for card in cards),
            cards.taken,
            cards.unpacked,
            cards.close,
        )
    table = open_table(path)
    try:
        return _of_table(table, mapping or {}, declared)
    except BaseException:
        table.close()
        raise


def _of_table(table: Table, wished: Mapping[str, str], declared: Sequence[OwnField]) -> Source:
    rows, header = _with_heading(table)
    first = list(islice(rows, LOOKED_AT))
    header = tuple(name for name in header if name) or tuple(dict.fromkeys(key for row in first for key in row.cells))
    known = by_content(first, guessed(header, declared))
    mapping = {**known, **{heading: target for heading, target in wished.items() if heading in known}}
    if not {"email", "phone", "street", "postal_address", "social"} & set(mapping.values()) and not any(
        one.startswith("social:") for one in mapping.values()
    ):
        raise Unreadable("no_address_column", found=", ".join(header)[:300])
    examples = {name: [str(cell)[:80] for row in first if (cell := row.cells.get(name)) not in (None, "")][:3] for name in header}
    leaving = {plain(heading) for heading in header} & LEAVING

    def contacts(setting: Setting) -> Iterator[Brought]:
        for row in chain(first, rows):
            one = from_row(row, mapping, setting)
            if leaving:
                one.standing = OUT
            yield one

    return Source(
        program_of(header) or table.shape, table.encoding, header, mapping, examples, contacts, table.taken, table.unpacked, table.close
    )


def _with_heading(table: Table) -> tuple[Iterator[Row], tuple[str, ...]]:
    """Tables without headings begin with somebody's address: their columns are counted instead."""
    if not any(addresses.PLAIN_EMAIL.fullmatch(cell) for cell in table.header):
        return table.rows, table.header
    names = tuple(f"{number}" for number in range(1, len(table.header) + 1))
    old = table.header

    def renamed() -> Iterator[Row]:
        yield Row(1, dict(zip(names, old, strict=True)))
        for row in table.rows:
            yield Row(row.line, {name: row.cells.get(heading, "") for name, heading in zip(names, old, strict=True)}, row.trouble)

    return renamed(), names
