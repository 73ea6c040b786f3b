"""A file as rows. Lines are numbered as a person sees them in an editor: the header is line 1."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

from oportuno.kernel.tables import bounds, xlsx
from oportuno.kernel.tables.bounds import Unreadable
from oportuno.kernel.tables.letters import encoding_of

DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Row:
    """`cells` by the header's words as written, or what a JSON object says. `trouble` is a code when the row cannot be read."""

    line: int
    cells: Mapping[str, Any]
    trouble: str = ""


@dataclass
class Table:
    """An open file. `header` is empty for JSON Lines. `taken()` counts the bytes of the file read so far, `unpacked()` those that came out."""

    shape: str
    header: tuple[str, ...]
    encoding: str
    rows: Iterator[Row]
    taken: Callable[[], int]
    unpacked: Callable[[], int]
    close: Callable[[], None] = field(default=lambda: None)


def open_table(path: Path) -> Table:
    """Recognise CSV, JSON Lines or XLSX by content. Raises Unreadable."""
    if bounds.kind_of(path) == "zip":
        return _spreadsheet(path)
    encoding = encoding_of(path)
    source = bounds.opened(path)
    text = io.TextIOWrapper(io.BufferedReader(source, 256 * 1024), encoding=encoding, errors="replace", newline="")
    lines = Lines(text)
    first = lines.peek()
    if first.lstrip("\ufeff \t").startswith("["):
        raise Unreadable("json_array")
    if first.lstrip("\ufeff \t").startswith("{"):
        return Table("jsonl", (), encoding, _objects(lines), source.taken, lambda: source.out, text.close)
    header, rows = _separated(lines)
    return Table("csv", header, encoding, rows, source.taken, lambda: source.out, text.close)


class Lines:
    """Lines no longer than is reasonable; a file without line ends must not end up in memory."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self._waiting: str | None = None
        self.number = 0

    def peek(self) -> str:
        """The first line that is not blank, which will come again."""
        if self._waiting is not None:
            return self._waiting
        while (line := self._next()) and not line.strip("\ufeff \t\r\n"):
            self.number += 1
        if not line:
            raise Unreadable("empty")
        self._waiting = line
        return line

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._waiting if self._waiting is not None else self._next()
        self._waiting = None
        if not line:
            raise StopIteration
        self.number += 1
        return line

    def _next(self) -> str:
        line = self._text.readline(bounds.LONGEST_LINE)
        if len(line) >= bounds.LONGEST_LINE and not line.endswith(("\n", "\r")):
            raise Unreadable("line_too_long", line=self.number + 1)
        return line.replace("\x00", "")


def _separated(lines: Lines) -> tuple[tuple[str, ...], Iterator[Row]]:
    csv.field_size_limit(bounds.LONGEST_CELL)
    first = lines.peek()
    delimiter = max(DELIMITERS, key=lambda mark: (len(next(csv.reader([first], delimiter=mark), [])), -DELIMITERS.index(mark)))
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        header = _header(next(reader))
    except csv.Error as error:
        raise Unreadable("quote_open", line=1) from error
    return header, _csv_rows(reader, lines, header)


def _header(cells: list[str]) -> tuple[str, ...]:
    if len(cells) > bounds.MOST_COLUMNS:
        raise Unreadable("too_many_columns", line=1, most=bounds.MOST_COLUMNS)
    return tuple(cell.strip("\ufeff \t\r\n") for cell in cells)


def _csv_rows(reader: Any, lines: Lines, header: tuple[str, ...]) -> Iterator[Row]:
    count = 0
    while True:
        line = lines.number + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise Unreadable("quote_open", line=line) from error
        if cells is None:
            return
        if not any(cell.strip() for cell in cells):
            continue
        count = _counted(count, line)
        yield row_of(line, header, cells)


def row_of(line: int, header: tuple[str, ...], cells: list[Any]) -> Row:
    """Cells under their headings; the first of two columns of one name wins. Too many cells is a row that slipped."""
    if len(cells) > len(header) and any(str(cell).strip() for cell in cells[len(header) :]):
        return Row(line, {}, "too_many_cells")
    padded = [*cells[: len(header)], *[""] * (len(header) - len(cells))]
    found: dict[str, Any] = {}
    for name, cell in zip(header, padded, strict=True):
        if name and name not in found:
            found[name] = cell
    return Row(line, found)


def _objects(lines: Lines) -> Iterator[Row]:
    count = 0
    for text in lines:
        if not text.strip():
            continue
        count = _counted(count, lines.number)
        try:
            said = json.loads(text.lstrip("\ufeff"), parse_float=Decimal, parse_constant=_no_constant)
        except (ValueError, RecursionError, ArithmeticError):
            yield Row(lines.number, {}, "not_json")
            continue
        yield Row(lines.number, said) if isinstance(said, dict) else Row(lines.number, {}, "line_not_object")


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _counted(count: int, line: int) -> int:
    if count >= bounds.MOST_ROWS:
        raise Unreadable("too_many_rows", line=line, most=bounds.MOST_ROWS)
    return count + 1


def _spreadsheet(path: Path) -> Table:
    book = xlsx.Book(path)
    cells = book.rows()
    for line, first in cells:
        if any(str(cell).strip() for cell in first):
            header = _header([str(cell) for cell in first])
            return Table("xlsx", header, "xlsx", _sheet_rows(cells, header), book.taken, lambda: book.unpacked, book.close)
        if line > 50:
            break
    raise Unreadable("empty")


def _sheet_rows(cells: Iterator[tuple[int, list[Any]]], header: tuple[str, ...]) -> Iterator[Row]:
    count = 0
    for line, values in cells:
        if any(str(value).strip() for value in values):
            count = _counted(count, line)
            yield row_of(line, header, values)
